"""Tell the apps above what happened here."""

from django.dispatch import Signal

sync_ended = Signal()
"""A run has ended and its log is closed, well or not."""
