"""Turn events into deliveries by the rules, with a fixed number of queries."""

from collections.abc import Iterator, Sequence

from django.db.models import prefetch_related_objects
from django.utils import timezone

from notifications.models import Rule
from notifications.rules.audience import Audience, Match
from opportunities.models import Opportunity
from outbox.events import told_events
from outbox.models import Delivery, Event


def deliveries_of(events: Sequence[Event]) -> Iterator[Delivery]:
    """Yield them unsaved, to each person once by a channel: the first rule counts."""
    matches = list(_matches(events))
    prefetch_related_objects([match.event for match in matches], "actor")
    audience = Audience(matches, timezone.now())
    told = set()
    for match in matches:
        for delivery in audience.deliveries(match):
            whom = delivery.event_id, delivery.channel, delivery.target, delivery.recipient_id
            if whom not in told:
                told.add(whom)
                yield delivery


def _matches(events: Sequence[Event]) -> Iterator[Match]:
    rules = list(Rule.objects.filter(is_active=True).select_related("endpoint"))
    kinds = told_events()
    wanted = [
        event
        for event in events
        if event.name in kinds and any(rule.is_about(event.name) for rule in rules)
    ]
    keys = {event.deal for event in wanted if event.deal}
    deals = {deal.remote_id: deal for deal in Opportunity.objects.filter(remote_id__in=keys)}
    for event in wanted:
        deal = deals.get(event.deal)
        for rule in rules:
            if rule.is_about(event.name) and rule.has_conditions_met(deal):
                yield Match(event, rule, deal)
