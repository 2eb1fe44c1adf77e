"""Fill in a template, save drafts, and submit versions."""
