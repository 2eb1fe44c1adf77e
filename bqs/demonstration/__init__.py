"""Make the data of a demo: people of every role, and work in every state."""
