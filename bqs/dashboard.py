"""The first page: how fresh the mirror is, where the bids stand, what waits for somebody."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from opportunities.models import Opportunity
from opportunities.roles import standing_of
from opportunities.workflow import WorkflowStatus
from sync.freshness import last_complete_run
from sync.models import RejectedRecord, SyncLog, SyncStatus


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what this person may see to the context of the first page, and nothing else."""
    if request.user.has_perm("sync.view_synclog"):
        failed = SyncLog.objects.filter(status=SyncStatus.FAILED)
        context["mirror"] = {"last_complete": last_complete_run(), "last_failure": failed.first()}
    if request.user.has_perm("opportunities.view_opportunity"):
        context["statuses"] = _statuses(request.user)
    if request.user.has_perm("sync.view_rejectedrecord"):
        context["rejected"] = RejectedRecord.objects.awaiting().count()
    return context


def _statuses(user: Any) -> list[tuple[str, str, int]]:
    """Each status with its name and its number of opportunities, those without one as well."""
    rows = (
        Opportunity.objects.visible_to(standing_of(user)).order_by().values_list("workflow_status")
    )
    counts = dict(rows.annotate(Count("pk")))
    return [(value, label, counts.get(value, 0)) for value, label in WorkflowStatus.choices]
