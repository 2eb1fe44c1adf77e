"""Tell chats and services by Apprise, which knows how each of them is spoken to."""

import logging
from datetime import timedelta
from typing import ClassVar

from notifications.channels.endpoints import endpoint_of
from notifications.channels.notice import notice_of
from notifications.channels.public_addresses import public_addresses_only
from notifications.models import Endpoint
from outbox.channels import NotDelivered
from outbox.models import Delivery

MINUTES = (2, 10, 30, 120, 480)
MOST_SHOWN = 500


class Chat:
    pauses: ClassVar = [timedelta(minutes=each) for each in MINUTES]

    def deliver(self, delivery: Delivery) -> None:
        endpoint = endpoint_of(delivery)
        send(endpoint, delivery.subject, notice_of(delivery).text)


def send(endpoint: Endpoint, title: str, text: str) -> None:
    """Send it. Raises: NotDelivered, with what Apprise says about it."""
    import apprise

    # In this thread, which is the one that is guarded.
    service = apprise.Apprise(asset=apprise.AppriseAsset(async_mode=False))
    if not service.add(endpoint.address):
        raise NotDelivered("Apprise does not know this kind of address.", is_final=True)
    with apprise.LogCapture(  # type: ignore[no-untyped-call]
        level=logging.WARNING, fmt="%(message)s"
    ) as said:
        with public_addresses_only():
            is_sent = service.notify(text, title=title, body_format=apprise.NotifyFormat.TEXT)
        if not is_sent:
            raise NotDelivered(said.getvalue()[:MOST_SHOWN] or "The service took it not.")
