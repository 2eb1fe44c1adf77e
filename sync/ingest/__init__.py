"""Parse, compare and store records, page by page."""
