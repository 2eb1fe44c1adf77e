"""What was decided month by month, and how often against the computed recommendation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bqs.dashboard import decided
from bqs.overview.bars import Segment, stacked
from bqs.overview.scope import Figure, Scope
from opportunities.figures import start_of


@dataclass(frozen=True)
class Line:
    month: datetime
    figures: list[Figure]
    bar: list[Segment]
    overrides: Figure
    unscored: Figure
    override_rate: str


def decisions(scope: Scope) -> dict[str, Any]:
    """Those that count now; a decision that was taken back by a re-qualification is not one."""
    shared = scope.shared()
    months = decided.decisions(decided.decided(shared), shared.period)
    most = max(month.count for month in months)
    lines = [_line(scope, month, most) for month in months]
    return {"lines": lines, "outcomes": decided.OUTCOMES, "has_any": most > 0}


def _line(scope: Scope, month: decided.Month, most: int) -> Line:
    rate = month.override_percent
    return Line(
        start_of(month.name),
        [scope.linked(each, period=month.name) for each in month.outcomes],
        stacked([each.count for each in month.outcomes], most, decided.OUTCOMES),
        scope.linked(month.overrides, period=month.name),
        scope.linked(month.unscored, period=month.name),
        "–" if rate is None else f"{rate:.0f} %",
    )
