"""Serve sync runs, rejected records and progress as JSON."""
