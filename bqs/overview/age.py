"""For how many working days opportunities have been in the state they are in."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from bqs.dashboard import groups
from bqs.overview.bars import Segment, stacked
from bqs.overview.scope import Counted, Figure, Scope
from opportunities.admin.marks import state_mark
from opportunities.figures import AGES


@dataclass(frozen=True)
class Line:
    state: SafeString
    figures: list[Figure]
    bar: list[Segment]


def age(scope: Scope) -> dict[str, Any]:
    by_state: dict[str, list[Counted]] = {}
    for each in groups.age(scope.groups):
        by_state.setdefault(each.name, []).append(each)
    lines = [_line(scope, state, figures) for state, figures in by_state.items()]
    return {"lines": lines, "ages": [each.label for each in AGES]}


def _line(scope: Scope, state: str, figures: list[Counted]) -> Line:
    counts = [each.count for each in figures]
    linked = [scope.linked(each) for each in figures]
    return Line(state_mark(state), linked, stacked(counts, sum(counts)))
