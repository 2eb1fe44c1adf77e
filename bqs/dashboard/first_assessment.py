"""Measure the time from assignment to first answer, week by week."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal

from bqs.dashboard.figure import Durations, Figure, Scope, percent
from bqs.dashboard.period import Period
from opportunities.lists.first_answers import FirstAnswer, first_answers


@dataclass(frozen=True)
class Timeliness(Figure):
    late: Figure
    took: Durations

    @property
    def in_time_percent(self) -> Decimal | None:
        return percent(self.count - self.late.count, self.count)


def first_assessment(scope: Scope) -> tuple[Timeliness, list[Timeliness]]:
    """Return the figures of the whole period and of each week, oldest first."""
    period = scope.period
    answers = first_answers(scope.rows.order_by().filter(period.within("first_assessment_at")))
    weeks = list(period.weeks())
    begins = [week.begin.astimezone(UTC) for week in weeks]
    by_week: list[list[FirstAnswer]] = [[] for _ in weeks]
    for answer in answers:
        by_week[bisect_right(begins, answer.at) - 1].append(answer)
    return timeliness(period, answers), list(map(timeliness, weeks, by_week))


def timeliness(period: Period, answers: list[FirstAnswer]) -> Timeliness:
    here = {**period.bounds("first_answered"), "first_answer": ["late", "in_time"]}
    late = [each for each in answers if each.is_late]
    breaches = Figure("late", "Late", len(late), {**here, "first_answer": "late"})
    took = Durations([each.days for each in answers])
    return Timeliness(str(period.first), "First answers", len(answers), here, breaches, took)
