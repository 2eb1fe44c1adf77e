"""What was decided month by month, and how often against the computed recommendation."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from assessments.figures import OVERRIDE, UNSCORED
from bqs.overview.bars import Segment, stacked
from bqs.overview.scope import Figure, Scope
from opportunities.figures import decided_in, months_until, start_of
from opportunities.workflow import BidDecision

MONTHS = 6
OUTCOMES = (BidDecision.BID, BidDecision.CONDITIONAL, BidDecision.NO_BID)


@dataclass(frozen=True)
class Line:
    month: datetime
    figures: list[Figure]
    bar: list[Segment]
    total: int
    overrides: Figure
    unscored: Figure

    @property
    def override_rate(self) -> str:
        """Of those with a score to go against."""
        scored = self.total - self.unscored.count
        return f"{100 * self.overrides.count / scored:.0f} %" if scored else "–"


def decisions(scope: Scope) -> dict[str, Any]:
    """Those that count now; a decision that was taken back by a re-qualification is not one."""
    months = months_until(timezone.localdate(scope.now), MONTHS)
    counts = _counts(scope, months)
    most = max(counts[month, "all"] for month in months)
    lines = [_line(scope, month, counts, most) for month in months]
    return {"lines": lines, "outcomes": [each.label for each in OUTCOMES], "has_any": most > 0}


def _counts(scope: Scope, months: list[str]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    decided = scope.rows.filter(decided_in(months[-1], months[0]), decision__in=OUTCOMES)
    keys = ("month", "decision", "is_deciding_override", "is_unscored_decision")
    rows: Any = decided.with_deciding().annotate(month=TruncMonth("decided_at")).values_list(*keys)
    for month, decision, is_override, is_unscored, count in rows.annotate(Count("pk")):
        counted = [decision, "all", *[OVERRIDE] * bool(is_override), *[UNSCORED] * is_unscored]
        for name in counted:
            counts[f"{month:%Y-%m}", name] += count
    return counts


def _line(scope: Scope, month: str, counts: Counter[tuple[str, str]], most: int) -> Line:
    by_outcome = [counts[month, each] for each in OUTCOMES]
    return Line(
        start_of(month),
        [
            scope.figure(count, period=month, decision__exact=each.value)
            for each, count in zip(OUTCOMES, by_outcome, strict=True)
        ],
        stacked(by_outcome, most),
        counts[month, "all"],
        scope.figure(counts[month, OVERRIDE], period=month, decided=OVERRIDE),
        scope.figure(counts[month, UNSCORED], period=month, decided=UNSCORED),
    )
