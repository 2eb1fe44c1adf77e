"""For how many working days opportunities have been in the state they are in."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.safestring import SafeString

from bqs.overview.bars import Segment, stacked
from bqs.overview.scope import Figure, Scope
from opportunities.admin.marks import state_mark
from opportunities.figures import AGES, WAITING
from opportunities.workflow import WorkflowStatus


@dataclass(frozen=True)
class Line:
    state: SafeString
    figures: list[Figure]
    bar: list[Segment]


def age(scope: Scope) -> dict[str, Any]:
    waiting = scope.rows.filter(workflow_status__in=WAITING).values("workflow_status")
    by_age = {
        f"age{number}": Count("pk", filter=each.condition(scope.now))
        for number, each in enumerate(AGES)
    }
    rows: Any = waiting.annotate(**by_age)
    found: dict[str, dict[str, int]] = {row["workflow_status"]: row for row in rows}
    counts = {
        status: [found[status][name] if status in found else 0 for name in by_age]
        for status in WAITING
    }
    lines = [
        Line(state_mark(status), _figures(scope, status, each), stacked(each, sum(each)))
        for status, each in counts.items()
    ]
    return {"lines": lines, "ages": [each.label for each in AGES]}


def _figures(scope: Scope, status: WorkflowStatus, counts: list[int]) -> list[Figure]:
    return [
        scope.figure(count, workflow_status__exact=status.value, age=each.name)
        for each, count in zip(AGES, counts, strict=True)
    ]
