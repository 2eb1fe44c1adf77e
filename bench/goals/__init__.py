"""The goals: measured in one run, kept in a history, shown in docs/benchmarks.md."""
