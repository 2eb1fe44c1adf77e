"""Tell how fresh the mirror is."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from sync.models import SyncLog


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


def last_complete_at() -> datetime | None:
    run = SyncLog.objects.last_complete()
    return run.completed_at if run else None
