"""Score answers and recommend a decision. Pure: no query, no HTTP, no settings."""
