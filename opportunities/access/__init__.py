"""Decide who may see and do what: roles, permissions, visibility."""
