"""Count in working time. No query, no settings.

A working day has 24 hours, so that "in two days" keeps the time of day; weekends and
holidays have none. Times are aware; days are those of the calendar's zone.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
SATURDAY = 5
SPENT_WHEN_DUE_SOON = 0.75


class ClockState(Enum):
    NONE = "none"
    OK = "ok"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"


class Day(NamedTuple):
    time_before: timedelta
    """Of work, since year 1."""
    begin: datetime | None
    """Its midnight; None where nobody works."""


@dataclass(frozen=True)
class WorkCalendar:
    zone: tzinfo
    holidays: frozenset[date] = frozenset()
    _days: dict[int, Day] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Those asked for so far: figures ask for thousands of moments on the same few days."""

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
        here = moment.astimezone(self.zone)
        day = self._days.get(here.toordinal()) or self._day_of(here)
        # Within one zone Python subtracts what the clocks show.
        return day.time_before + (here - day.begin) if day.begin else day.time_before

    def _day_of(self, here: datetime) -> Day:
        """Count from year 1, whose first day was a Monday, instead of walking through the days."""
        weeks, weekday = divmod(here.toordinal() - 1, 7)
        days = weeks * SATURDAY + min(weekday, SATURDAY)
        days -= sum(day < here.date() for day in self.holidays if day.weekday() < SATURDAY)
        begin = datetime.combine(here, time.min, self.zone)
        day = Day(days * ONE_DAY, begin if self.is_working(here.date()) else None)
        self._days[here.toordinal()] = day
        return day

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
