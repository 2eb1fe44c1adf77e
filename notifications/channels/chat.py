"""Tell chats and services by Apprise, which knows how each of them is spoken to."""

import logging
from datetime import timedelta
from typing import ClassVar

from notifications.channels.endpoints import endpoint_of
from notifications.channels.guard import guarded
from notifications.channels.notice import notice_of
from notifications.models import Endpoint
from notifications.models.services import service_at
from outbox.channels import NotDelivered
from outbox.models import Delivery

TIMEOUT_S = 30
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

    service = service_at(endpoint.address)
    if service is None:
        raise NotDelivered("Apprise does not know this kind of address.", is_final=True)
    with apprise.LogCapture(  # type: ignore[no-untyped-call]
        level=logging.WARNING, fmt="%(message)s"
    ) as said:
        with guarded(TIMEOUT_S) as guard:
            chat = apprise.Apprise(service, asset=service.asset)
            is_sent = chat.notify(text, title=title, body_format=apprise.NotifyFormat.TEXT)
        if not is_sent:
            words = guard.fault or said.getvalue()[:MOST_SHOWN]
            raise NotDelivered(words or "The service took it not.")
