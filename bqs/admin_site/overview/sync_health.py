"""Health of the mirror: how fresh it is, the last run, and the records it rejected."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from bqs.admin_site.overview.scope import LinkedFigure
from opportunities.access.operators import for_reader
from opportunities.access.roles import access_of
from sync.models import RejectedRecord, SyncLog, SyncStatus
from sync.reports.freshness import freshness_of

COUNTS = ("new", "updated", "failed", "removed")


def sync_health(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """Describe the last runs; rejected records only to those who may look at them."""
    complete = SyncLog.objects.last_complete()
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
    }
    if last:
        health["message"] = for_reader(last.error_message, request)
        health["counts"] = [(name, getattr(last, f"{name}_records")) for name in COUNTS]
    if request.user.has_perm("sync.view_rejectedrecord"):
        waiting = RejectedRecord.objects.visible_to(access_of(request.user)).awaiting().count()
        address = f"{reverse('admin:sync_rejectedrecord_changelist')}?state=OPEN"
        health["rejected"] = LinkedFigure(waiting, address)
    return health
