"""What waits for somebody: on one's own desk, for a lead or a bid manager, and in all."""

from bqs.dashboard.figure import Asked, Scope
from opportunities import conditions
from opportunities.figures import ATTENTION
from opportunities.workflow import WorkflowStatus as S

STEPS = (
    ("to_start", "To start", S.ASSIGNED),
    ("in_progress", "In progress", S.IN_ASSESSMENT),
    ("returned", "Returned", S.RETURNED),
)
OPEN = {
    "workflow_status": [each for each in S if each != S.CLOSED_IN_CRM],
    "removed": "false",
}


def any_attention(scope: Scope) -> Asked:
    condition = conditions.needs_attention(scope.now)
    return Asked("attention", "Needs attention", condition, {"attention": "true"})


def summary(scope: Scope) -> list[Asked]:
    return [
        Asked("total", "All opportunities", conditions.EVERY, {}),
        Asked("open", "Open in CRM", conditions.OPEN, OPEN),
        any_attention(scope),
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
