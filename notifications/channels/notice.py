"""Tell an event to people: what happened, where, by whom, and what it changed."""

import logging
from dataclasses import dataclass

from django.conf import settings

from opportunities.access.roles import access_of
from opportunities.history.audit_trail import with_names
from opportunities.history.outbox_events import trail_key
from opportunities.history.timeline import Entry, EntryKind, entry_of
from opportunities.lists.presentation import in_words, person
from opportunities.models import Opportunity, OpportunityEvent
from outbox.events import kind_of
from outbox.models import Delivery, Event

log = logging.getLogger(__name__)
UNKNOWN = "–"


@dataclass(frozen=True)
class Notice:
    subject: str
    entry: Entry
    deal: Opportunity | None

    @property
    def link(self) -> str:
        path = f"/opportunities/{self.deal.pk}" if self.deal else ""
        return f"{settings.SITE_URL}{path}"

    @property
    def text(self) -> str:
        """Return it for a chat, below its subject."""
        entry = self.entry
        changes = [f"{what}: {after}" for what, _, after in entry.changes]
        lines = [f"{entry.title}, by {entry.who}", entry.text, *changes, self.link]
        return "\n".join(filter(None, lines))


def notice_of(delivery: Delivery) -> Notice:
    event = delivery.event
    return Notice(delivery.subject, _entry(event), deal_of(event))


def deal_of(event: Event) -> Opportunity | None:
    return Opportunity.objects.filter(remote_id=event.deal).first() if event.deal else None


def _entry(event: Event) -> Entry:
    """Return it as the timeline has it, else what its body says."""
    if key := trail_key(event.source):
        trail = OpportunityEvent.objects.select_related("actor", "on_behalf_of")
        return entry_of(*with_names([trail.get(pk=key)]))
    facts = ((name.replace("_", " ").capitalize(), value) for name, value in event.body.items())
    changes = tuple((name, UNKNOWN, in_words(value)) for name, value in facts)
    title, who = kind_of(event.name).title, person(event.actor) or "BQS"
    return Entry(event.at, EntryKind.ACTION, title, who, changes=changes)


def still_concerns(delivery: Delivery) -> bool:
    """Tell whether the person may still see the deal; else nothing is left to deliver."""
    person, deal = delivery.recipient, deal_of(delivery.event)
    if person is None:
        return False
    if deal:
        sees = Opportunity.objects.visible_to(access_of(person)).filter(pk=deal.pk).exists()
    else:
        sees = person.is_active
    if not sees:
        log.info("Delivery %s is dropped: its recipient may no longer see the deal.", delivery.pk)
        delivery.delete()
    return sees
