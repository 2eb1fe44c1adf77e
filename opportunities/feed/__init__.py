"""Tell programs what changed, in an order in which none of them misses a change."""
