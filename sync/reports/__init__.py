"""Report on runs and on how fresh the mirror is."""
