"""Remind people of what is due, once for each cause, and sum it up each morning."""
