"""Count the bids due in the coming weeks."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from bqs.dashboard.figure import Asked, Figure, Scope
from opportunities.domain.states import WorkflowStatus
from opportunities.models import conditions
from opportunities.models.conditions import UNDECIDED

WEEKS = 8
# Nobody writes a bid for what was declined, parked, or closed in the CRM.
TO_BE_SENT = [*UNDECIDED, WorkflowStatus.CONDITIONAL, WorkflowStatus.APPROVED]


@dataclass(frozen=True)
class Week(Figure):
    undecided: Figure


def due(scope: Scope) -> list[Asked]:
    return [_due_in(week, "Bids due", TO_BE_SENT) for week in _weeks(scope)]


def undecided(scope: Scope) -> list[Asked]:
    return [_due_in(week, "Undecided", list(UNDECIDED)) for week in _weeks(scope)]


def weeks(all_due: list[Figure], still_open: list[Figure]) -> list[Week]:
    """Return the weeks, named by their Monday, this week first."""
    return [
        Week(week.name, week.label, week.count, week.narrowed, rest)
        for week, rest in zip(all_due, still_open, strict=True)
    ]


def _weeks(scope: Scope) -> list[tuple[str, str]]:
    today = localdate(scope.now)
    monday = today - timedelta(days=today.weekday())
    starts = (monday + timedelta(weeks=place) for place in range(WEEKS))
    return [(str(start), str(start + timedelta(days=6))) for start in starts]


def _due_in(week: tuple[str, str], label: str, states: list[WorkflowStatus]) -> Asked:
    condition = conditions.PRESENT & Q(workflow_status__in=states, bid_due_on__range=week)
    here = {"workflow_status": states, "removed": "false"}
    return Asked(
        week[0], label, condition, {**here, "bid_due_from": week[0], "bid_due_to": week[1]}
    )
