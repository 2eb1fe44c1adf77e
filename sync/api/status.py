"""How the mirror stands: what runs, what ran, how much there is, when the next run comes."""

from typing import Any

from django.utils import timezone

from opportunities.models import Opportunity
from sync.freshness import freshness_of, last_complete_at
from sync.lock import is_sync_running
from sync.models import RejectedRecord, SyncLog
from sync.schedule import cached_next_run


def sync_status() -> dict[str, Any]:
    """As SyncStatusSerializer wants it."""
    logs = SyncLog.objects.select_related("user")
    unfinished, is_running = logs.running(), is_sync_running()
    finished, success = logs.last_finished(), logs.last_success()
    complete_at = last_complete_at()
    next_scheduled_at, why_not = cached_next_run()
    return {
        "is_running": is_running,
        "running": unfinished if is_running else None,
        # A run whose process died has ended as well, though its log does not say so yet.
        "last_run": finished if is_running else unfinished or finished,
        "last_success": success,
        "last_success_age_seconds": _age_s(success),
        "complete_at": complete_at,
        "freshness": freshness_of(complete_at, timezone.now()),
        "counts": _counts(),
        "removals_waiting": SyncLog.objects.removals_waiting(),
        "next_scheduled_at": next_scheduled_at,
        "not_scheduled_because": why_not or None,
    }


def _age_s(log: SyncLog | None) -> float | None:
    if log is None or log.completed_at is None:
        return None
    return (timezone.now() - log.completed_at).total_seconds()


def _counts() -> dict[str, int]:
    """Three that add up to the total, and the rejected ones beside it."""
    opportunities = Opportunity.objects
    total, present, opened = (
        rows.count()
        for rows in (opportunities.all(), opportunities.present(), opportunities.open())
    )
    return {
        "total": total,
        "open": opened,
        "closed": present - opened,
        "removed": total - present,
        "rejected_awaiting": RejectedRecord.objects.awaiting().count(),
    }
