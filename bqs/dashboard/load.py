"""What each SA has to do, against how much is thought to be enough."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from accounts.people import names_of
from bqs.dashboard.figure import Figure, Scope
from opportunities import conditions
from opportunities.workflow import OPEN_WORK


@dataclass(frozen=True)
class Load(Figure):
    sa: int
    steps: list[Figure]
    overdue: Figure


def load(scope: Scope) -> list[Load]:
    """Of those who have work, the most first; in two queries."""
    work = scope.rows.order_by().filter(conditions.IN_ASSESSMENT).exclude(assigned_sa=None)
    rows: Any = work.values("assigned_sa").annotate(
        overdue=Count("pk", filter=conditions.overdue(scope.now)),
        **{state: Count("pk", filter=Q(workflow_status=state)) for state in OPEN_WORK},
    )
    counted = list(rows)
    names = names_of(row["assigned_sa"] for row in counted)
    told = [load_of(row, names[row["assigned_sa"]]) for row in counted]
    return sorted(told, key=lambda each: (-each.count, each.label))


def idle(sa: int, person: str) -> Load:
    """Of an SA without work."""
    return load_of({**dict.fromkeys(OPEN_WORK, 0), "overdue": 0, "assigned_sa": sa}, person)


def load_of(row: dict[str, Any], person: str) -> Load:
    sa = row["assigned_sa"]
    here = {"tab": "in_assessment", "assigned_sa": str(sa)}
    steps = [
        Figure(state, state.label, row[state], {**here, "workflow_status": state})
        for state in OPEN_WORK
    ]
    overdue = Figure("overdue", "Overdue", row["overdue"], {**here, "overdue": "true"})
    return Load(str(sa), person, sum(each.count for each in steps), here, sa, steps, overdue)
