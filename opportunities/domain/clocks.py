"""Count in working time. No query, no settings.

A working day has 24 hours, so that "in two days" keeps the time of day; weekends and
holidays have none. Times are aware; days are those of the calendar's zone.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum

ONE_DAY = timedelta(days=1)
SATURDAY = 5
SPENT_WHEN_DUE_SOON = 0.75


class ClockState(Enum):
    NONE = "none"
    OK = "ok"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class WorkCalendar:
    zone: tzinfo
    holidays: frozenset[date] = frozenset()

    def after(self, start: datetime, working_time: timedelta) -> datetime:
        """Return the moment when so much working time has passed."""
        here, left = self._local(start), working_time
        while True:
            midnight = _midnight_after(here)
            within = midnight - here if self.is_working(here.date()) else timedelta(0)
            if within and left <= within:
                return self._aware(here + left)
            left -= within
            here = midnight

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from start to end; none if end is earlier."""
        passed = self._working_time_until(end) - self._working_time_until(start)
        return max(passed, timedelta(0))

    def _working_time_until(self, moment: datetime) -> timedelta:
        """Count from year 1, whose first day was a Monday, instead of walking through the days."""
        here = self._local(moment)
        weeks, weekday = divmod(here.toordinal() - 1, 7)
        days = weeks * SATURDAY + min(weekday, SATURDAY)
        days -= sum(day < here.date() for day in self.holidays if day.weekday() < SATURDAY)
        return days * ONE_DAY + (
            here - datetime.combine(here, time.min)
            if self.is_working(here.date())
            else timedelta(0)
        )

    def before(self, end: datetime, working_time: timedelta) -> datetime:
        """Return the last moment from which so much working time passes until the end."""
        here, left = self._local(end), working_time
        while True:
            midnight = _midnight_before(here)
            within = here - midnight if self.is_working(midnight.date()) else timedelta(0)
            if within and left <= within:
                return self._aware(here - left)
            left -= within
            here = midnight

    def end_of(self, day: date) -> datetime:
        return self._aware(datetime.combine(day + ONE_DAY, time.min))

    def is_working(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone).replace(tzinfo=None)

    def _aware(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone)


def state_of(due_at: datetime | None, due_soon_at: datetime | None, now: datetime) -> ClockState:
    if due_at is None:
        return ClockState.NONE
    if due_at < now:
        return ClockState.OVERDUE
    return ClockState.DUE_SOON if due_soon_at and due_soon_at <= now else ClockState.OK


def _midnight_after(local: datetime) -> datetime:
    return datetime.combine(local.date() + ONE_DAY, time.min)


def _midnight_before(local: datetime) -> datetime:
    """Return the midnight before, also for a midnight."""
    midnight = datetime.combine(local.date(), time.min)
    return midnight - ONE_DAY if midnight == local else midnight
