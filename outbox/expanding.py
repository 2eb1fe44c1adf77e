"""Make the deliveries of events, some at a time: all of these, or none."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from outbox.channels import expanders
from outbox.models import Delivery, Event

log = logging.getLogger(__name__)
AT_ONCE = 500
PAUSE = timedelta(minutes=5)


def expand_due(goes_on: Callable[[], bool] = lambda: True) -> int:
    """Expand every event that waits; return how many. Any number of workers may do so at once.

    Args:
        goes_on: asked before each batch whether to take it.
    """
    count = 0
    while goes_on() and _due().exists():
        expanded = _expand_some()
        if not expanded:
            break
        count += expanded
    return count


def _due() -> QuerySet[Event]:
    return Event.objects.filter(expanded_at=None, next_try_at__lte=timezone.now())


@transaction.atomic
def _expand_some() -> int:
    """Return how many were looked at; none where other workers have them all."""
    rows = _due().select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at")
    events = list(rows[:AT_ONCE])
    if not _expand(events):
        for event in events:
            _expand_or_put_off(event)
    return len(events)


def _expand_or_put_off(event: Event) -> None:
    """Let one that fails keep no other waiting; it is tried again, and never lost."""
    if not _expand([event]):
        Event.objects.filter(pk=event.pk).update(next_try_at=timezone.now() + PAUSE)


def _expand(events: Sequence[Event]) -> bool:
    try:
        with transaction.atomic():
            deliveries = [each for expand in expanders for each in expand(events)]
            for delivery in deliveries:
                delivery.due_at = delivery.next_try_at
            Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
            keys = [event.pk for event in events]
            Event.objects.filter(pk__in=keys).update(expanded_at=timezone.now())
    except Exception:
        which = events[0].pk if len(events) == 1 else f"{len(events)} at once"
        log.exception("Events that could not be expanded: %s", which)
        return False
    return True
