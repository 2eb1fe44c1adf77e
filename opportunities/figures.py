"""What the figures of the overview count, by the names the list's address uses.

One condition behind a figure and the list it leads to. What decisions and scores add, the
app that knows them has: assessments/figures.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from opportunities import conditions
from opportunities.deadlines import work_calendar
from opportunities.workflow import WorkflowStatus as S

NO_CURRENCY = "none"
# In these somebody is expected to do something next.
WAITING = (
    S.NEW,
    S.ASSIGNED,
    S.IN_ASSESSMENT,
    S.RETURNED,
    S.IN_REVIEW,
    S.CONDITIONAL,
    S.ON_HOLD,
)


@dataclass(frozen=True)
class Figure:
    name: str
    """Its value in the list's address."""
    label: str
    condition: Callable[[datetime], Q]
    """Of the moment for which it is asked."""


def _reason(name: str, label: str) -> Figure:
    return Figure(name, label, lambda now: conditions.attention_reasons(now)[name])


ATTENTION = (
    _reason("unassigned", "Unassigned past the clock"),
    _reason("review", "In review past the clock"),
    _reason("bid_due", "Bid due soon, undecided"),
    _reason("conditions", "Conditions due"),
    _reason("hold", "Hold to be reviewed"),
    _reason("requalify", "Changed in CRM since submission"),
    _reason("reopened", "Reopened in CRM"),
    _reason("left", "With somebody who left"),
    Figure("orphans", "Closed or removed in CRM with work on it", conditions.orphans),
)
ANY_ATTENTION = Figure("needed", "Needs attention", conditions.needs_attention)


def _age(name: str, label: str, least: int, below: int | None) -> Figure:
    return Figure(name, label, lambda now: aged(now, least, below))


def aged(now: datetime, least: int, below: int | None) -> Q:
    """In its state for at least so many whole working days, and for fewer than `below`."""
    calendar = work_calendar()
    age = Q()
    if least:
        age &= Q(status_entered_at__lte=calendar.before(now, timedelta(days=least)))
    if below:
        age &= Q(status_entered_at__gt=calendar.before(now, timedelta(days=below)))
    return age


AGES = (
    _age("0-2", "0-2 days", 0, 3),
    _age("3-5", "3-5 days", 3, 6),
    _age("6-10", "6-10 days", 6, 11),
    _age("11", "over 10 days", 11, None),
)


def in_currency(currency: str) -> Q:
    return Q(currency=None) if currency == NO_CURRENCY else Q(currency=currency)


def decided_in(first: str, last: str = "") -> Q:
    """From the first of these months to the last.

    Raises: ValueError, unless a month is written as in 2027-03.
    """
    begin, end = start_of(first), _end_of(last or first)
    return Q(decided_at__gte=begin, decided_at__lt=end)


def first_answered_in(first: str, last: str = "") -> Q:
    """Those that somebody still has, whose first answer came in these months."""
    begin, end = start_of(first), _end_of(last or first)
    within = Q(first_assessment_at__gte=begin, first_assessment_at__lt=end)
    return within & conditions.ANSWERED


def start_of(month: str) -> datetime:
    return datetime.strptime(month, "%Y-%m").replace(tzinfo=timezone.get_default_timezone())


def _end_of(month: str) -> datetime:
    return (start_of(month) + timedelta(days=31)).replace(day=1)


def months_until(day: date, count: int) -> list[str]:
    """The last so many months as in 2027-03, the newest first."""
    newest = day.year * 12 + day.month - 1
    return [f"{each // 12}-{each % 12 + 1:02}" for each in range(newest, newest - count, -1)]
