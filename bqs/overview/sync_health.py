"""How fresh the mirror of the CRM is, and what keeps it from being so."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from bqs.overview.scope import Figure
from opportunities.operators import for_reader
from sync.freshness import freshness_of, last_complete_run
from sync.models import RejectedRecord, SyncLog, SyncStatus

COUNTS = ("new", "updated", "failed", "removed")


def sync_health(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """Only what this person may look at in the sync's own pages is a link."""
    complete = last_complete_run()
    # Only the newest can be running, so the last finished one is among these two.
    newest = list(SyncLog.objects.all()[:2])
    running = [log for log in newest if log.status == SyncStatus.RUNNING]
    last = next((log for log in newest if log not in running), None)
    health: dict[str, Any] = {
        "complete": complete,
        "freshness": freshness_of(complete.completed_at if complete else None, now),
        "running": running[0] if running else None,
        "last": last,
        "has_failed": last is not None and last.status == SyncStatus.FAILED,
        "may_look": request.user.has_perm("sync.view_synclog"),
    }
    if last:
        health["message"] = for_reader(last.error_message, request)
        health["counts"] = [(name, getattr(last, f"{name}_records")) for name in COUNTS]
    if request.user.has_perm("sync.view_rejectedrecord"):
        waiting = RejectedRecord.objects.awaiting().count()
        address = f"{reverse('admin:sync_rejectedrecord_changelist')}?state=OPEN"
        health["rejected"] = Figure(waiting, address)
    return health
