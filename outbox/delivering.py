"""Deliver what waits, one by one, outside of requests and transactions."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from outbox.channels import Channel, NotDelivered, channels
from outbox.models import Delivery, DeliveryState

log = logging.getLogger(__name__)
MOST_WORDS = 1000


@dataclass
class Tally:
    delivered: int = 0
    failed: int = 0


def deliver_due(goes_on: Callable[[], bool] = lambda: True) -> Tally:
    """Deliver what is due; leave a channel alone whose server cannot be reached.

    Args:
        goes_on: asked before each one whether to take it.
    """
    tally = Tally()
    usable = {*channels}
    while goes_on() and (delivery := _claim(usable)):
        try:
            channels[delivery.channel].deliver(delivery)
        except Exception as error:
            tally.failed += 1
            failure = _as_failure(error)
            _note_failure(delivery, failure, None if failure is error else error)
            if failure.of_server:
                usable.discard(delivery.channel)
        else:
            tally.delivered += 1
            now = timezone.now()
            _note(delivery, state=DeliveryState.DELIVERED, delivered_at=now, last_failure="")
    return tally


def _claim(usable: Collection[str]) -> Delivery | None:
    """Reserve the next one for as long as a try can last; if we die, another tries again."""
    # Asked first without a lock: on SQLite it would be the only writer's.
    return _claim_locked(usable) if _due(usable).exists() else None


def _due(usable: Collection[str]) -> QuerySet[Delivery]:
    now = timezone.now()
    return Delivery.objects.filter(
        state=DeliveryState.WAITING, next_try_at__lte=now, channel__in=usable
    )


@transaction.atomic
def _claim_locked(usable: Collection[str]) -> Delivery | None:
    of_others = _due(usable).select_for_update(skip_locked=True, of=("self",))
    found = of_others.select_related("event", "recipient").order_by("next_try_at", "created_at")
    if delivery := found.first():
        delivery.tries += 1
        pause = _pause_after(delivery.tries, channels[delivery.channel])
        delivery.next_try_at = timezone.now() + pause
        delivery.save(update_fields=["tries", "next_try_at"])
    return delivery


def _pause_after(tries: int, channel: Channel) -> timedelta:
    return channel.pauses[min(tries, len(channel.pauses)) - 1]


def _as_failure(error: Exception) -> NotDelivered:
    if isinstance(error, NotDelivered):
        return error
    return NotDelivered(f"{type(error).__name__}: {error}")


def _note_failure(delivery: Delivery, failure: NotDelivered, fault: Exception | None) -> None:
    words = failure.words.replace("\0", "")[:MOST_WORDS]
    most_tries = len(channels[delivery.channel].pauses) + 1
    is_last = failure.is_final or delivery.tries >= most_tries
    log.warning(
        "Delivery %s (%s) of %s: try %s of %s failed: %s",
        *(delivery.pk, delivery, delivery.event, delivery.tries, most_tries, words),
        exc_info=fault,
    )
    if is_last:
        now = timezone.now()
        _note(delivery, state=DeliveryState.GIVEN_UP, failed_at=now, last_failure=words)
    else:
        _note(delivery, last_failure=words)


def _note(delivery: Delivery, **values: DeliveryState | datetime | str) -> None:
    """Update it unless another worker has taken it meanwhile."""
    Delivery.objects.filter(pk=delivery.pk, tries=delivery.tries).update(**values)
