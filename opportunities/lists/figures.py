"""Define what figures count, by the names the list's address uses.

One condition behind a figure and the list it leads to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from opportunities.domain.deadlines import work_calendar
from opportunities.domain.states import WorkflowStatus
from opportunities.models import conditions

# In these somebody is expected to do something next.
WAITING = (*conditions.UNDECIDED, WorkflowStatus.CONDITIONAL, WorkflowStatus.ON_HOLD)


@dataclass(frozen=True)
class Figure:
    name: str
    """Its value in the list's address."""
    label: str
    condition: Callable[[datetime], Q]
    """Of the moment for which it is asked."""


def _reason(name: str, label: str) -> Figure:
    return Figure(name, label, lambda now: conditions.attention_reason(name, now))


ATTENTION = (
    _reason("unassigned", "Unassigned for too long"),
    _reason("review", "In review for too long"),
    _reason("bid_due", "Bid due soon, undecided"),
    _reason("conditions", "Conditions due"),
    _reason("hold", "Hold due for review"),
    _reason("requalify", "Changed in CRM since submission"),
    _reason("reopened", "Reopened in CRM"),
    _reason("left", "With someone who left"),
    Figure("orphans", "Closed or removed in CRM with open work", conditions.orphans),
)
ANY_ATTENTION = Figure("needed", "Needs attention", conditions.needs_attention)


def _age(name: str, label: str, least: int, below: int | None) -> Figure:
    return Figure(name, label, lambda now: aged(now, least, below))


def aged(now: datetime, least: int, below: int | None) -> Q:
    """Match what has been in its state for `least` whole working days, and fewer than `below`."""
    calendar = work_calendar()
    age = Q()
    if least:
        age &= Q(status_entered_at__lte=calendar.before(now, timedelta(days=least)))
    if below:
        age &= Q(status_entered_at__gt=calendar.before(now, timedelta(days=below)))
    return age


OLDER, OLD, OLDEST = AGES_BEGIN = 3, 6, 11
AGES = (
    _age("0-2", "0-2 days", 0, OLDER),
    _age("3-5", "3-5 days", OLDER, OLD),
    _age("6-10", "6-10 days", OLD, OLDEST),
    _age("11", "over 10 days", OLDEST, None),
)


def older(begin: datetime, end: datetime) -> list[Q]:
    """Match what came into another age of AGES from one moment to another."""
    calendar = work_calendar()
    since = [
        [calendar.before(moment, timedelta(days=least)) for moment in (begin, end)]
        for least in AGES_BEGIN
    ]
    entered = [Q(status_entered_at__gt=one, status_entered_at__lte=two) for one, two in since]
    return [Q(workflow_status__in=WAITING) & reduce(or_, entered)]


def start_of(month: str) -> datetime:
    return datetime.strptime(month, "%Y-%m").replace(tzinfo=timezone.get_default_timezone())


def months_until(day: date, count: int) -> list[str]:
    """Return the last `count` months like 2027-03, the newest first."""
    newest = day.year * 12 + day.month - 1
    return [f"{each // 12}-{each % 12 + 1:02}" for each in range(newest, newest - count, -1)]
