"""Let people keep their own switches."""
