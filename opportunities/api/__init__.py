"""Serve opportunities as JSON: lists, filters, details, transitions, exports."""
