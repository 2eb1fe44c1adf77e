"""Tell how fresh the mirror is."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from sync.models import SyncLog, Trigger
from sync.schedule.worker import follower_rests

SILENT_AFTER = timedelta(hours=2)
"""Longer than the pauses of one that Oracle refuses."""


class Freshness(StrEnum):
    """A word for the mirror: stale after a missed night, old after two."""

    NONE = "none"
    FRESH = "fresh"
    STALE = "stale"
    OLD = "old"


def freshness_of(completed_at: datetime | None, now: datetime) -> Freshness:
    if completed_at is None:
        return Freshness.NONE
    age = now - completed_at
    if age >= timedelta(hours=settings.SYNC_OLD_HOURS):
        return Freshness.OLD
    is_stale = age >= timedelta(hours=settings.SYNC_STALE_HOURS)
    return Freshness.STALE if is_stale else Freshness.FRESH


def is_follower_silent(now: datetime) -> bool:
    """Return whether a process that followed Oracle is silent for long, though it does not rest.

    Where the newest run is the schedule's, or goes on, nobody need follow.
    """
    newest = SyncLog.objects.first()
    if not newest or newest.trigger != Trigger.FOLLOW or not newest.completed_at:
        return False
    is_long = now - newest.completed_at > SILENT_AFTER
    return is_long and not (follower_rests(now) or follower_rests(now - SILENT_AFTER))


def last_complete_at() -> datetime | None:
    run = SyncLog.objects.last_complete()
    return run.completed_at if run else None
