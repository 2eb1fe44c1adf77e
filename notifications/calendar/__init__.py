"""Serve each person the dates of their deals as a calendar to subscribe to."""
