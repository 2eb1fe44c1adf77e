"""What an SA has to do, the next one due first."""

from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from bqs.dashboard import work
from bqs.dashboard.figure import counted
from bqs.overview.scope import Scope
from opportunities.admin.marks import clock_mark, state_mark
from opportunities.models import Opportunity

SHOWN = 8


def my_work(scope: Scope) -> dict[str, Any]:
    """Of all practices."""
    whole = Scope(scope.standing, now=scope.now)
    shared = whole.shared()
    (figures,) = counted(shared.rows, work.my_work(shared))
    mine = whole.rows.my_queue(scope.standing.user)
    return {
        "figures": [(each.label, whole.linked(each)) for each in figures],
        "next": [_line(deal, scope.now) for deal in mine.order_by("due_at", "pk")[:SHOWN]],
        "all": whole.href(tab="my_queue"),
    }


def _line(deal: Opportunity, now: datetime) -> tuple[Opportunity, SafeString, SafeString | None]:
    return deal, state_mark(deal.workflow_status), clock_mark(deal, now)
