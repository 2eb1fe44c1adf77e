"""What reading through the API costs, against the same queries without a framework."""
