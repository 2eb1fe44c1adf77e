"""Move opportunities from state to state: actions, guards, effects, limits."""
