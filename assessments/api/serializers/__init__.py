"""Assessments, decisions and templates in JSON: a module for each noun."""
