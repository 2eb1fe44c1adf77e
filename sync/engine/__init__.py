"""Run one sync from end to end."""
