"""Lay out the admin: navigation, theme, first page, people."""
