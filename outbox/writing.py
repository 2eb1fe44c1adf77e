"""Record what happened, in the transaction that makes it happen.

So nothing is told of what is rolled back, and a process that is killed loses nothing.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from outbox.events import kind_of
from outbox.models import Event


def record(name: str, **fields: Any) -> None:
    """Write one event with one statement; nothing where its source is on record already.

    Raises: UnknownEvent.
    """
    record_all([Event(name=name, **fields)])


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
    # What was given up goes, too: someone could have it tried again. What is sent once more stays.
    event.deliveries.filter(delivered_at=None).delete()
    if event.deliveries.exists():
        # Who was told of it keeps the message; nobody else shall get one.
        Event.objects.filter(pk=event.pk, expanded_at=None).update(expanded_at=timezone.now())
    else:
        event.delete()
