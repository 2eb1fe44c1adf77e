"""Speak with Oracle: requests, paging, retries, attributes. Knows no engine."""
