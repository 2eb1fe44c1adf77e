"""What an SA has to do, the next one due first."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.safestring import SafeString

from bqs.overview.scope import Scope
from opportunities import conditions
from opportunities.admin.marks import clock_mark, state_mark
from opportunities.models import Opportunity
from opportunities.workflow import WorkflowStatus as S

SHOWN = 8
STEPS = (("To start", S.ASSIGNED), ("In progress", S.IN_ASSESSMENT), ("Returned", S.RETURNED))


def my_work(scope: Scope) -> dict[str, Any]:
    mine = Opportunity.objects.visible_to(scope.standing).my_queue(scope.standing.user)
    late = conditions.overdue(scope.now)
    counts = mine.order_by().aggregate(
        overdue=Count("pk", filter=late),
        **{status: Count("pk", filter=Q(workflow_status=status)) for _, status in STEPS},
    )
    whole = Scope(scope.standing)
    steps = [
        (label, whole.figure(counts[status], sa="me", workflow_status__exact=status))
        for label, status in STEPS
    ]
    overdue = whole.figure(counts["overdue"], tab="my_queue", clock="overdue")
    return {
        "figures": [*steps, ("Overdue", overdue)],
        "next": [_line(deal, scope.now) for deal in mine.order_by("due_at", "pk")[:SHOWN]],
        "all": whole.href(tab="my_queue"),
    }


def _line(deal: Opportunity, now: datetime) -> tuple[Opportunity, SafeString, SafeString | None]:
    return deal, state_mark(deal.workflow_status), clock_mark(deal, now)
