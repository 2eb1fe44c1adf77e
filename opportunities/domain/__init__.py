"""Define states, clocks, deadlines and amounts. No query, no HTTP."""
