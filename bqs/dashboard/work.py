"""Count waiting work: the desk's, all, and the workload of each SA, one's own among them."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q

from bqs.dashboard.figure import Asked, Figure, Scope
from opportunities.api.grouping import BY_SA
from opportunities.domain.states import OPEN_WORK
from opportunities.domain.states import WorkflowStatus as S
from opportunities.lists.figures import ATTENTION
from opportunities.lists.presentation import person
from opportunities.models import conditions
from opportunities.models.querysets import PERSON_NAMES

STEPS = (
    ("to_start", "To start", S.ASSIGNED),
    ("in_progress", "In progress", S.IN_ASSESSMENT),
    ("returned", "Returned", S.RETURNED),
)
MINE = {"tab": "my_queue"}
OPEN = {"workflow_status": [each for each in S if each != S.CLOSED_IN_CRM], "removed": "false"}

# What a person has had, or has a day for the bid: few of all, which an index has.
TAKEN_UP = Q(assigned_sa__isnull=False) | Q(assigned_at__isnull=False) | Q(bid_due_on__isnull=False)


def might_need_attention(scope: Scope) -> Q:
    """Select the rows that any figure of attention counts."""
    return conditions.any_by_index(*(each.condition(scope.now) for each in ATTENTION))


def any_attention(scope: Scope) -> Asked:
    # Not by index: each of them is counted of the same rows, too.
    condition = reduce(or_, conditions.attention_reasons(scope.now))
    return Asked("attention", "Needs attention", condition, {"attention": "true"})


def summary(scope: Scope) -> list[Asked]:
    return [
        Asked("total", "All opportunities", conditions.EVERY, {}),
        Asked("open", "Open in CRM", conditions.OPEN, OPEN),
        Asked("overdue", "Overdue", conditions.overdue(scope.now), {"overdue": "true"}),
    ]


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
    """Return the workload of each SA who has work, highest first, in one query."""
    work = scope.rows.order_by().filter(conditions.IN_ASSESSMENT).exclude(assigned_sa=None)
    rows: Any = work.values("assigned_sa", *BY_SA).annotate(
        overdue=Count("pk", filter=conditions.overdue(scope.now)),
        **{state: Count("pk", filter=Q(workflow_status=state)) for state in OPEN_WORK},
    )
    loads = [load_of(row, person(User(**_names(row)))) for row in rows]
    return sorted(loads, key=lambda each: (-each.count, each.label))


def _names(row: dict[str, Any]) -> dict[str, str]:
    return {name: row[column] for name, column in zip(PERSON_NAMES, BY_SA, strict=True)}


def my_work(loads: list[Load], user_id: int) -> list[Figure]:
    """Return the steps of one's own workload, which is one of these or none."""
    mine = {each.sa: each for each in loads}.get(user_id) or idle(user_id, "")
    counts = {each.name: each.count for each in mine.steps}
    steps = [
        Figure(name, label, counts[state], {**MINE, "workflow_status": state})
        for name, label, state in STEPS
    ]
    return [*steps, Figure("overdue", "Overdue", mine.overdue.count, {**MINE, "overdue": "true"})]


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
