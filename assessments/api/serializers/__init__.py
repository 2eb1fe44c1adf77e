"""Serialize assessments, decisions and templates."""
