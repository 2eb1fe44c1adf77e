"""Read what happened to an opportunity: timeline and audit trail."""
