"""Make, limit and revoke API tokens."""
