"""BQS, the bid qualification system."""

__version__ = "0.14.0"
