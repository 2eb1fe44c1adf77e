"""Tell Prometheus how BQS and its trade are doing."""
