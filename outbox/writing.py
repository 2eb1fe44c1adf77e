"""Record what happened, in the transaction that makes it happen.

So nothing is told of what is rolled back, and a process that is killed loses nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from outbox.events import kind_of
from outbox.models import DeliveryState, Event


def record(
    name: str,
    *,
    deal: str = "",
    actor: User | None = None,
    source: str = "",
    body: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Event:
    """Write one event with one statement; nothing where its source is on record already.

    Raises: UnknownEvent.
    """
    event = Event(
        name=name,
        deal=deal,
        actor=actor,
        source=source,
        body=dict(body or {}),
        at=at or timezone.now(),
    )
    record_all([event])
    return event


def record_all(events: Iterable[Event]) -> None:
    """Write many with a statement; those whose source is on record are left out.

    Raises: UnknownEvent.
    """
    known = list(events)
    for event in known:
        kind_of(event.name)
    Event.objects.bulk_create(known, ignore_conflicts=True)


@transaction.atomic
def withdraw(source: str) -> None:
    """Take back what was not delivered yet of an event that was undone."""
    event = Event.objects.select_for_update().filter(source=source).first()
    if event is None:
        return
    event.deliveries.filter(state=DeliveryState.WAITING).delete()
    if event.deliveries.exists():
        # Who was told of it keeps the message; nobody else shall get one.
        Event.objects.filter(pk=event.pk, expanded_at=None).update(expanded_at=timezone.now())
    else:
        event.delete()
