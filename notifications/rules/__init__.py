"""Find by the rules who gets which event, by which channel and when."""
