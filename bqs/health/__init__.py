"""Tell whether BQS is well: one list of checks for load balancers, alarms and doctor."""
