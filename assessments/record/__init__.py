"""Print the decision record, on screen and as PDF."""
