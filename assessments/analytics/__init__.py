"""Compare scores with outcomes: win rates, and assessments side by side."""
