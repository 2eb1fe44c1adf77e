"""Show people in templates."""
