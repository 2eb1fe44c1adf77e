"""Begin each person's working day at the hour of their digest."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from notifications.models import Channel, Preferences
from notifications.models.preferences import preferences_of
from opportunities.access.permissions import VIEW
from opportunities.domain.deadlines import work_calendar
from outbox.events import EventKind
from outbox.models import Delivery, Event
from outbox.writing import record_all

DAY = EventKind(
    "day.begun",
    "A working day begins",
    "The hour of somebody's digest has come, or comes within the hour.",
    {"person": "Id of the person.", "at": "When their digest is to be sent."},
    is_for_rules=False,
)
AHEAD, LATEST = timedelta(hours=1), timedelta(hours=2)


def begin_days() -> None:
    """Record the days that begin soon, each once: what else waits for the digest goes with it."""
    people = User.objects.with_perm(VIEW).exclude(email="")
    kept, now = preferences_of(people), timezone.now()
    record_all(
        Event(
            name=DAY.name,
            source=f"{DAY.name}:{pk}:{moment.date()}",
            body={"person": pk, "at": moment},
        )
        for pk, preferences in kept.items()
        if (moment := _morning(preferences, now))
    )


def _morning(preferences: Preferences, now: datetime) -> datetime | None:
    """Return the hour of today's digest in their zone, if it is near, and they work today."""
    zone = preferences.tzinfo
    today = now.astimezone(zone).date()
    moment = datetime.combine(today, preferences.digest_at, zone)
    is_near = moment - AHEAD <= now < moment + LATEST
    is_wanted = Channel.DIGEST not in preferences.channels_off
    return moment if is_near and is_wanted and work_calendar().is_working(today) else None


def deliveries_of(events: Sequence[Event]) -> Iterator[Delivery]:
    """Yield the digest of each day; whether there is anything in it is seen when it is sent."""
    days = {each.body["person"]: each for each in events if each.name == DAY.name}
    for person in User.objects.filter(pk__in=days) if days else ():
        yield Delivery(
            event=days[person.pk],
            channel=Channel.DIGEST,
            recipient=person,
            target=person.email,
            subject=DAY.title,
            next_try_at=parse_datetime(days[person.pk].body["at"]) or timezone.now(),
        )
