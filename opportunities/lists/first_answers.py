"""Measure how soon after the assignment the first answer was there."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from opportunities.domain.deadlines import work_calendar
from opportunities.domain.policy import policy
from opportunities.models.conditions import ANSWERED
from opportunities.models.querysets import OpportunityQuerySet


class FirstAnswer(NamedTuple):
    opportunity_id: int
    at: datetime
    days: float
    """Working days since the assignment."""
    is_late: bool


def first_answers(rows: OpportunityQuerySet) -> list[FirstAnswer]:
    """Read them in one query; no database knows the working days between two moments."""
    calendar, one_day = work_calendar(), timedelta(days=1)
    most = policy.CLOCK_FIRST_ANSWER_DAYS
    moments: Any = rows.filter(ANSWERED).values_list("pk", "assigned_at", "first_assessment_at")
    took = ((pk, end, calendar.between(start, end) / one_day) for pk, start, end in moments)
    return [FirstAnswer(pk, end, days, days > most) for pk, end, days in took]


def answered_late(rows: OpportunityQuerySet, *, is_late: bool) -> OpportunityQuerySet:
    ids = [
        each.opportunity_id for each in first_answers(rows.order_by()) if each.is_late == is_late
    ]
    return rows.filter(pk__in=ids)
