"""Write a calendar as RFC 5545 has it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from notifications.models import CalendarEntry

IS_READ_EVERY = timedelta(hours=1)


def calendar_of(entries: Iterable[CalendarEntry]) -> bytes:
    """Return the same bytes for the same entries, by which a reader is answered with 304."""
    calendar = Calendar()
    calendar.add("prodid", "-//BQS//Dates of deals//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "BQS")
    calendar.add("refresh-interval", IS_READ_EVERY, parameters={"value": "DURATION"})
    for each in entries:
        calendar.add_component(_event(each))
    return calendar.to_ical()


def _event(entry: CalendarEntry) -> Event:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    changed_at = entry.changed_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", f"{entry.uid}@{host}")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    # A deadline keeps nobody busy.
    event.add("transp", "TRANSPARENT")
    if entry.path:
        event.add("url", f"{settings.SITE_URL}{entry.path}")
    _add_time(event, entry.starts)
    return event


def _add_time(event: Event, starts: str) -> None:
    """Add a moment, or a whole day: that is the same day in every zone."""
    if "T" in starts:
        event.add("dtstart", datetime.fromisoformat(starts))
    else:
        day = date.fromisoformat(starts)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
