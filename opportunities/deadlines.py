"""Which state has which clock, by the settings of this company."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from opportunities.clocks import SPENT_WHEN_DUE_SOON, WorkCalendar
from opportunities.workflow import WorkflowStatus

DAYS_SETTING = {
    WorkflowStatus.NEW: "CLOCK_ASSIGN_DAYS",
    WorkflowStatus.ASSIGNED: "CLOCK_FIRST_ANSWER_DAYS",
    WorkflowStatus.IN_ASSESSMENT: "CLOCK_SUBMIT_DAYS",
    WorkflowStatus.RETURNED: "CLOCK_SUBMIT_DAYS",
    WorkflowStatus.IN_REVIEW: "CLOCK_DECIDE_DAYS",
}
# A conditional bid is due when its conditions are, which the decision says.
CLOCKED = (*DAYS_SETTING, WorkflowStatus.CONDITIONAL)
# Where the customer's own date leaves less time.
SHORTENED = tuple(DAYS_SETTING)
DAYS_KEPT_FOR_THE_BID = 3


@dataclass(frozen=True)
class Deadline:
    due_at: datetime | None
    due_soon_at: datetime | None


NO_DEADLINE = Deadline(None, None)


def work_calendar() -> WorkCalendar:
    return WorkCalendar(timezone.get_default_timezone(), frozenset(settings.HOLIDAYS))


def deadline_of(status: str, start: datetime, bid_due_on: date | None = None) -> Deadline:
    """The clock of a state entered at start, shortened when the bid itself is due sooner."""
    setting = DAYS_SETTING.get(WorkflowStatus(status))
    if setting is None:
        return NO_DEADLINE
    due_at = work_calendar().after(start, timedelta(days=getattr(settings, setting)))
    if bid_due_on:
        latest = bid_due_on - timedelta(days=DAYS_KEPT_FOR_THE_BID)
        due_at = min(due_at, work_calendar().end_of(latest))
    return deadline_at(due_at, start)


def deadline_at(due_at: datetime, start: datetime) -> Deadline:
    """A clock with a given end; the last quarter of its working time is "soon"."""
    calendar = work_calendar()
    spent = calendar.between(start, due_at) * SPENT_WHEN_DUE_SOON
    return Deadline(due_at, min(calendar.after(start, spent), due_at))


def moved_by_pause(deadline: Deadline, paused_at: datetime, now: datetime) -> Deadline:
    """The deadline later by the working time that the pause took."""
    pause = work_calendar().between(paused_at, now)
    return Deadline(_later(deadline.due_at, pause), _later(deadline.due_soon_at, pause))


def _later(moment: datetime | None, pause: timedelta) -> datetime | None:
    return work_calendar().after(moment, pause) if moment and pause else moment


def first_due_at() -> datetime | None:
    """When an opportunity that is new now has to be assigned."""
    return deadline_of(WorkflowStatus.NEW, timezone.now()).due_at


def first_due_soon_at() -> datetime | None:
    return deadline_of(WorkflowStatus.NEW, timezone.now()).due_soon_at
