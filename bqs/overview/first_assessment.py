"""How soon after the assignment the first answer was there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import Any

from django.conf import settings
from django.utils import timezone

from bqs.overview.bars import share
from bqs.overview.scope import Figure, Scope
from opportunities.deadlines import work_calendar
from opportunities.figures import first_answered_in, months_until, start_of

MONTHS = 3


@dataclass(frozen=True)
class Line:
    month: datetime
    figure: Figure
    days: list[float]
    """Working days each of them took."""

    @property
    def in_time(self) -> int:
        return sum(day <= settings.CLOCK_FIRST_ANSWER_DAYS for day in self.days)

    @property
    def bar(self) -> str:
        return share(self.in_time, len(self.days))

    @property
    def percent(self) -> str:
        return f"{100 * self.in_time / len(self.days):.0f} %" if self.days else "–"

    @property
    def median(self) -> str:
        return f"{median(self.days):.1f}" if self.days else "–"

    @property
    def nine_of_ten(self) -> str:
        if len(self.days) < 2:
            return self.median
        return f"{quantiles(self.days, n=10, method='inclusive')[-1]:.1f}"


def first_assessment(scope: Scope) -> dict[str, Any]:
    months = months_until(timezone.localdate(scope.now), MONTHS)
    took: dict[str, list[float]] = {month: [] for month in months}
    answered = scope.rows.filter(first_answered_in(months[-1], months[0]))
    calendar, day = work_calendar(), timedelta(days=1)
    for start, end in answered.values_list("assigned_at", "first_assessment_at"):
        month = f"{timezone.localtime(end):%Y-%m}"
        took[month].append(calendar.between(start, end) / day)
    return {
        "lines": [_line(scope, month, days) for month, days in took.items()],
        "target": settings.CLOCK_FIRST_ANSWER_DAYS,
        "has_any": any(took.values()),
    }


def _line(scope: Scope, month: str, days: list[float]) -> Line:
    return Line(start_of(month), scope.figure(len(days), answered=month), days)
