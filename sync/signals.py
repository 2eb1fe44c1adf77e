"""Tell the apps above what happened here."""

from django.dispatch import Signal

from outbox.events import EventKind

sync_ended = Signal()
"""A run has ended and its log is closed, well or not."""

FINISHED = EventKind(
    "sync.finished",
    "Sync finished",
    "A sync ended, well or not.",
    {
        "run_id": "Its number in the sync log.",
        "status": "SUCCESS, PARTIAL or FAILED.",
        "sync_type": "FULL or INCREMENTAL.",
        "trigger": "Who or what started it.",
        "duration_ms": "How long it took.",
        "counts": "Records read, new, updated, rejected ..., and requests.",
        "message": "What went wrong, in a sentence.",
    },
)
