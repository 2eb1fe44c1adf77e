"""Survey a new Oracle, diagnose problems, and write settings."""
