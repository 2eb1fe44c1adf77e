"""Select, sort, count and export opportunities, for API and admin alike."""
