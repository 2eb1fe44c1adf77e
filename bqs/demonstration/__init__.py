"""The data of a demo: people of every role, and work of theirs in every state."""
