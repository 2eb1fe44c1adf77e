"""Define the period of the dashboard, its months and its weeks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from opportunities.lists.figures import months_until, start_of

MONTHS = 6
MOST_MONTHS = 36
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    first: date
    last: date
    """Belongs to it."""

    @property
    def begin(self) -> datetime:
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        return _midnight(self.last + ONE_DAY)

    @property
    def is_too_long(self) -> bool:
        return self.first + timedelta(days=31 * MOST_MONTHS) < self.last

    def bounds(self, name: str) -> dict[str, str]:
        """Return the bounds as parameters of the list: `decided_from`, `decided_before`."""
        return bounds(name, self.begin, self.end)

    def within(self, column: str) -> Q:
        """Return the condition that a moment lies in the period."""
        return Q(**{f"{column}__gte": self.begin, f"{column}__lt": self.end})

    def months(self) -> Iterator[tuple[str, "Period"]]:
        """Yield the months, newest first, cut to the period."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        for month in months_until(self.last, count):
            begin = start_of(month).date()
            end = (begin + timedelta(days=31)).replace(day=1) - ONE_DAY
            yield month, Period(max(begin, self.first), min(end, self.last))

    def weeks(self) -> Iterator["Period"]:
        """Yield the weeks, oldest first, cut to the period."""
        week = self.week_of(self.begin)
        yield week
        while week.last < self.last:
            week = self.week_of(week.end)
            yield week

    def week_of(self, moment: datetime) -> "Period":
        """Monday to Sunday, cut to the period."""
        day = timezone.localdate(moment)
        monday = day - timedelta(days=day.weekday())
        return Period(max(monday, self.first), min(monday + timedelta(days=6), self.last))


def period_of(first: date | None, last: date | None) -> Period:
    """Return the period; by default the last months until today."""
    last = last or timezone.localdate()
    return Period(first or start_of(months_until(last, MONTHS)[-1]).date(), last)


def bounds(name: str, begin: datetime, end: datetime) -> dict[str, str]:
    return {f"{name}_from": _in_utc(begin), f"{name}_before": _in_utc(end)}


def _in_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
