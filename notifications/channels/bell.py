"""Tell people in the page: an entry is there once, however often it is delivered."""

from datetime import timedelta
from typing import ClassVar

from notifications.channels.notice import deal_of, still_concerns
from notifications.models import BellEntry
from outbox.models import Delivery


class Bell:
    pauses: ClassVar = [timedelta(minutes=each) for each in (1, 5, 30)]

    def deliver(self, delivery: Delivery) -> None:
        if still_concerns(delivery):
            event, deal = delivery.event, deal_of(delivery.event)
            # Entries stand below their deal.
            title = delivery.subject.removesuffix(f": {' '.join(str(deal).split())}")
            values = {"deal": deal, "title": title, "at": event.at}
            BellEntry.objects.get_or_create(user=delivery.recipient, event=event, defaults=values)
