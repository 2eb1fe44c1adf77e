"""Start runs at their time, by cron or from the site."""
