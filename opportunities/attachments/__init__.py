"""Keep files and links that belong to an opportunity."""
