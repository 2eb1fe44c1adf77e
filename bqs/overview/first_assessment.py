"""How soon after the assignment the first answer was there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from bqs.dashboard.first_assessment import Timeliness, answers_within, timeliness
from bqs.dashboard.period import Period
from bqs.overview.bars import share
from bqs.overview.scope import Figure, Scope
from opportunities.figures import months_until, start_of
from opportunities.first_answers import FirstAnswer

MONTHS = 3


@dataclass(frozen=True)
class Line:
    month: datetime
    figure: Figure
    bar: str
    percent: str
    median: str
    nine_of_ten: str


def first_assessment(scope: Scope) -> dict[str, Any]:
    today = timezone.localdate(scope.now)
    period = Period(start_of(months_until(today, MONTHS)[-1]).date(), today)
    by_month: defaultdict[str, list[FirstAnswer]] = defaultdict(list)
    for answer in answers_within(scope.shared(period)):
        by_month[f"{timezone.localtime(answer.at):%Y-%m}"].append(answer)
    return {
        "lines": [
            _line(scope, month, timeliness(within, by_month[month]))
            for month, within in period.months()
        ],
        "target": settings.CLOCK_FIRST_ANSWER_DAYS,
        "has_any": any(by_month.values()),
    }


def _line(scope: Scope, month: str, answers: Timeliness) -> Line:
    return Line(
        start_of(month),
        scope.figure(answers.count, answered=month),
        share(answers.count - answers.late.count, answers.count),
        _shown(answers.in_time_percent, "{:.0f} %"),
        _shown(answers.took.median, "{:.1f}"),
        _shown(answers.took.nine_of_ten, "{:.1f}"),
    )


def _shown(number: Decimal | None, form: str) -> str:
    return "–" if number is None else form.format(number)
