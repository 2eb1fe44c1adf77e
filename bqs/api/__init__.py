"""Describe the API once: schema, errors, pagination, choices."""
