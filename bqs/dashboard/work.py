"""Count waiting work: one's own, the desk's, all, and the workload of each SA."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from bqs.dashboard.figure import Asked, Figure, Scope
from opportunities.domain.states import OPEN_WORK
from opportunities.domain.states import WorkflowStatus as S
from opportunities.lists.figures import ATTENTION
from opportunities.lists.presentation import names_of
from opportunities.models import conditions

STEPS = (
    ("to_start", "To start", S.ASSIGNED),
    ("in_progress", "In progress", S.IN_ASSESSMENT),
    ("returned", "Returned", S.RETURNED),
)
OPEN = {"workflow_status": [each for each in S if each != S.CLOSED_IN_CRM], "removed": "false"}

# What a person has had, or has a day for the bid: few of all, which an index has.
TAKEN_UP = Q(assigned_sa__isnull=False) | Q(assigned_at__isnull=False) | Q(bid_due_on__isnull=False)


def might_need_attention(scope: Scope) -> Q:
    """Select the rows that any figure of attention counts."""
    return conditions.any_by_index(*(each.condition(scope.now) for each in ATTENTION))


def any_attention(scope: Scope) -> Asked:
    condition = conditions.needs_attention(scope.now)
    return Asked("attention", "Needs attention", condition, {"attention": "true"})


def summary(scope: Scope) -> list[Asked]:
    return [
        Asked("total", "All opportunities", conditions.EVERY, {}),
        Asked("open", "Open in CRM", conditions.OPEN, OPEN),
        Asked("overdue", "Overdue", conditions.overdue(scope.now), {"overdue": "true"}),
    ]


def my_work(scope: Scope) -> list[Asked]:
    mine, here = conditions.my_queue(scope.user.pk), {"tab": "my_queue"}
    steps = [
        Asked(name, label, mine & conditions.in_state(state), {**here, "workflow_status": state})
        for name, label, state in STEPS
    ]
    late = mine & conditions.overdue(scope.now)
    return [*steps, Asked("overdue", "Overdue", late, {**here, "overdue": "true"})]


def attention(scope: Scope) -> list[Asked]:
    return [
        Asked(each.name, each.label, each.condition(scope.now), {"attention_reason": each.name})
        for each in ATTENTION
    ]


@dataclass(frozen=True)
class Load(Figure):
    sa: int
    steps: list[Figure]
    overdue: Figure


def load(scope: Scope) -> list[Load]:
    """Return the workload of each SA who has work, highest first, in two queries."""
    work = scope.rows.order_by().filter(conditions.IN_ASSESSMENT).exclude(assigned_sa=None)
    rows: Any = work.values("assigned_sa").annotate(
        overdue=Count("pk", filter=conditions.overdue(scope.now)),
        **{state: Count("pk", filter=Q(workflow_status=state)) for state in OPEN_WORK},
    )
    counted = list(rows)
    names = names_of(row["assigned_sa"] for row in counted)
    loads = [load_of(row, names[row["assigned_sa"]]) for row in counted]
    return sorted(loads, key=lambda each: (-each.count, each.label))


def idle(sa: int, person: str) -> Load:
    """Return the workload of an SA without work."""
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
