"""Check each request before a view sees it."""
