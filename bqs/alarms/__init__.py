"""Mail people what is wrong: once for each cause, each day while it lasts, and when it is over."""
