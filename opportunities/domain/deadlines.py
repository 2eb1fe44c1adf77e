"""Compute the deadline of each state from the policy."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from opportunities.domain.clocks import SPENT_WHEN_DUE_SOON, WorkCalendar
from opportunities.domain.policy import policy
from opportunities.domain.states import STATES, WorkflowStatus

CLOCKED = tuple(status for status, state in STATES.items() if state.has_clock)
# The customer's date for the bid can shorten these.
SHORTENED = tuple(status for status, state in STATES.items() if state.days_setting)
DAYS_KEPT_FOR_THE_BID = 3


@dataclass(frozen=True)
class Deadline:
    due_at: datetime | None
    due_soon_at: datetime | None


NO_DEADLINE = Deadline(None, None)


def work_calendar() -> WorkCalendar:
    return WorkCalendar(timezone.get_default_timezone(), frozenset(policy.HOLIDAYS))


def deadline_of(status: str, start: datetime, bid_due_on: date | None = None) -> Deadline:
    """Return the deadline of a state entered at start, earlier if the bid is due sooner."""
    setting = STATES[WorkflowStatus(status)].days_setting
    if not setting:
        return NO_DEADLINE
    due_at = work_calendar().after(start, timedelta(days=getattr(policy, setting)))
    if bid_due_on:
        latest = bid_due_on - timedelta(days=DAYS_KEPT_FOR_THE_BID)
        due_at = min(due_at, work_calendar().end_of(latest))
    return deadline_at(due_at, start)


def deadline_at(due_at: datetime, start: datetime) -> Deadline:
    """Return a deadline at a given end; the last quarter of the working time is "soon"."""
    calendar = work_calendar()
    spent = calendar.between(start, due_at) * SPENT_WHEN_DUE_SOON
    return Deadline(due_at, min(calendar.after(start, spent), due_at))


def moved_by_pause(deadline: Deadline, paused_at: datetime, now: datetime) -> Deadline:
    """Return the deadline later by the working time of the pause."""
    pause = work_calendar().between(paused_at, now)
    return Deadline(_later(deadline.due_at, pause), _later(deadline.due_soon_at, pause))


def _later(moment: datetime | None, pause: timedelta) -> datetime | None:
    return work_calendar().after(moment, pause) if moment and pause else moment


def first_due_at() -> datetime | None:
    """Return until when an opportunity that is new now has to be assigned."""
    return deadline_of(WorkflowStatus.NEW, timezone.now()).due_at


def first_due_soon_at() -> datetime | None:
    return deadline_of(WorkflowStatus.NEW, timezone.now()).due_soon_at
