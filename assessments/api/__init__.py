"""Serve templates, drafts, versions and decisions as JSON."""
