"""Define states, clocks, deadlines and amounts. Pure: no query, no HTTP, no settings."""
