"""For how many working days opportunities have been in the state they are in."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from bqs.overview.bars import Segment, stacked
from bqs.overview.scope import Figure, Scope
from opportunities.figures import AGES, WAITING
from opportunities.workflow import WorkflowStatus


@dataclass(frozen=True)
class Line:
    status: WorkflowStatus
    figures: list[Figure]
    bar: list[Segment]


def age(scope: Scope) -> dict[str, Any]:
    waiting = scope.rows.filter(workflow_status__in=WAITING).values("workflow_status")
    by_age = {
        f"age{number}": Count("pk", filter=each.condition(scope.now))
        for number, each in enumerate(AGES)
    }
    found = {row["workflow_status"]: row for row in waiting.annotate(**by_age)}
    counts = {
        status: [found[status][name] if status in found else 0 for name in by_age]
        for status in WAITING
    }
    most = max(sum(each) for each in counts.values())
    lines = [
        Line(status, _figures(scope, status, counts[status]), stacked(counts[status], most))
        for status in WAITING
    ]
    return {"lines": lines, "ages": [each.label for each in AGES]}


def _figures(scope: Scope, status: WorkflowStatus, counts: list[int]) -> list[Figure]:
    return [
        scope.figure(count, workflow_status__exact=status.value, age=each.name)
        for each, count in zip(AGES, counts, strict=True)
    ]
