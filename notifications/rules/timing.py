"""Tell when a delivery may go: after quiet hours, or with the next digest."""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opportunities.domain.deadlines import work_calendar


class QuietHours(NamedTuple):
    """Hours of a day; they may go over midnight, and there are none where an end is missing."""

    start: time | None
    end: time | None

    def end_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return the moment itself, or the end of the quiet hours that it lies in."""
        if self.start is None or self.end is None or self.start == self.end:
            return moment
        clock = moment.astimezone(zone).time()
        goes_over_midnight = self.start > self.end
        is_quiet = (
            clock >= self.start or clock < self.end
            if goes_over_midnight
            else self.start <= clock < self.end
        )
        return next_at(self.end, moment, zone) if is_quiet else moment


def next_at(clock: time, moment: datetime, zone: ZoneInfo) -> datetime:
    """Return when the clocks of a zone next show this time."""
    here = moment.astimezone(zone)
    # The hour that the clocks show twice: the second time it is still today.
    today = datetime.combine(here, clock.replace(fold=here.fold), zone)
    tomorrow = datetime.combine(here + timedelta(days=1), clock, zone)
    return (today if today > moment else tomorrow).astimezone(UTC)


def next_working(clock: time, moment: datetime, zone: ZoneInfo) -> datetime:
    """Return when they next show it on a working day."""
    calendar, moment = work_calendar(), next_at(clock, moment, zone)
    while not calendar.is_working(moment.astimezone(zone).date()):
        moment = next_at(clock, moment, zone)
    return moment
