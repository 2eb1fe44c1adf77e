"""Count how far the period's new opportunities came, and how long each step took."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bqs.dashboard.figure import Asked, Durations, Figure, Scope, percent
from opportunities.domain.deadlines import work_calendar
from opportunities.lists.funnel import STEPS

MOMENTS = [step.moment for step in STEPS if step.moment]


@dataclass(frozen=True)
class Stage(Figure):
    percent_of_all: Decimal | None
    percent_of_former: Decimal | None
    median_days: Decimal | None
    """Working days since the stage before; None where that is no matter of ours."""


def steps(scope: Scope) -> list[Asked]:
    within, here = scope.period.within("first_seen_at"), scope.period.bounds("first_seen")
    return [
        Asked(step.name, step.label, within & step.condition, {**here, "reached": step.name})
        for step in STEPS
    ]


def median_days(scope: Scope) -> dict[str, Decimal | None]:
    """Return each step's median working days since the step before, in one query."""
    worked_on = STEPS[1].condition & scope.period.within("first_seen_at")
    rows: Any = scope.rows.order_by().filter(worked_on).values_list(*MOMENTS)
    took: dict[str, list[float]] = {name: [] for name in MOMENTS[1:]}
    calendar, one_day = work_calendar(), timedelta(days=1)
    for moments in rows:
        for name, begin, end in zip(took, moments, moments[1:], strict=False):
            if begin and end and begin <= end:
                took[name].append(calendar.between(begin, end) / one_day)
    return {name: Durations(days).median for name, days in took.items()}


def stages(figures: list[Figure], medians: dict[str, Decimal | None]) -> list[Stage]:
    first, former, found = figures[0], None, []
    for step, figure in zip(STEPS, figures, strict=True):
        shares = (
            percent(figure.count, first.count),
            percent(figure.count, former.count) if former else None,
        )
        here = (figure.name, figure.label, figure.count, figure.narrowed)
        found.append(Stage(*here, *shares, medians.get(step.moment or "")))
        former = figure
    return found
