"""Let people and programs sign in, and keep their preferences and saved views."""
