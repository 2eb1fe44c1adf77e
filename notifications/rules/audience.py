"""Make the deliveries of events that match rules: to those who may see the deal and want it."""

from collections.abc import Collection, Iterator
from datetime import datetime
from string import Template
from typing import Any, NamedTuple

from django.contrib.auth.models import User

from notifications.models import Channel, Preferences, Rule
from notifications.models.preferences import preferences_of
from notifications.models.rule import OF_PEOPLE
from notifications.rules.addressees import Addressees
from notifications.rules.timing import QuietHours, next_at
from opportunities.access.permissions import VIEW
from opportunities.access.roles import access_of, load_accesses
from opportunities.domain.states import WorkflowStatus
from opportunities.lists.presentation import money, person
from opportunities.models import Absence, Opportunity
from outbox.channels import channels
from outbox.events import kind_of
from outbox.models import MOST_OF_A_SUBJECT, Delivery, Event

SUBJECT = "$rule: $deal"
SUBJECT_WORDS = frozenset(
    {"rule", "event", "deal", "customer", "practice", "value", "state", "actor"}
)


class Match(NamedTuple):
    event: Event
    rule: Rule
    deal: Opportunity | None


class Audience:
    """People of many matches, loaded together."""

    def __init__(self, matches: Collection[Match], now: datetime) -> None:
        self._now = now
        deals = {match.event.deal: match.deal for match in matches if match.deal}
        self._addressees = Addressees([match.event for match in matches], deals)
        ids = {pk for match in matches for pk in self._addressed(match)}
        away = Absence.objects.today().filter(user__in=ids)
        self._deputies = dict(away.values_list("user", "deputy"))
        ids.update(self._deputies.values())
        self._people = (
            User.objects.with_perm(VIEW).select_related("profile").in_bulk(ids) if ids else {}
        )
        load_accesses(self._people.values())
        self._preferences = preferences_of(self._people.values())

    def deliveries(self, match: Match) -> Iterator[Delivery]:
        endpoint = match.rule.endpoint
        if endpoint and endpoint.is_active:
            channel = Channel(endpoint.kind)
            yield self._delivery(match, channel, Preferences(), target=str(endpoint.pk))
        for user in self._told(match):
            preferences = self._preferences[user.pk]
            for channel in _channels(match, user, preferences):
                target = "" if channel == Channel.BELL else user.email
                yield self._delivery(match, channel, preferences, recipient=user, target=target)

    def _told(self, match: Match) -> Iterator[User]:
        """Return active people who may see the deal; the actor knows already."""
        named, deal = self._named(match) - {match.event.actor_id or 0}, match.deal
        people = [self._people[pk] for pk in sorted(named) if pk in self._people]
        return (user for user in people if deal is None or access_of(user).reaches(deal))

    def _named(self, match: Match) -> set[int]:
        """Return who is addressed, and the deputies of those away today."""
        named = self._addressed(match)
        return named | {self._deputies[pk] for pk in named if pk in self._deputies}

    def _addressed(self, match: Match) -> set[int]:
        recipients = match.rule.recipients
        return {pk for each in recipients for pk in self._addressees.of(match.event, each)}

    def _delivery(
        self, match: Match, channel: Channel, preferences: Preferences, **whom: Any
    ) -> Delivery:
        return Delivery(
            event=match.event,
            channel=channel,
            subject=subject_of(match),
            next_try_at=due_at(channel, match.rule, preferences, self._now),
            **whom,
        )


def _channels(match: Match, user: User, preferences: Preferences) -> Iterator[Channel]:
    for channel in OF_PEOPLE:
        is_possible = channel in channels and (channel == Channel.BELL or user.email)
        is_wanted = preferences.wants(match.event.name, channel)
        if channel in match.rule.channels and is_possible and is_wanted:
            yield channel


def due_at(channel: Channel, rule: Rule, preferences: Preferences, now: datetime) -> datetime:
    """Return when it may go. The bell makes no noise, so that nothing is too late for it."""
    zone = preferences.tzinfo
    match channel:
        case Channel.BELL:
            return now
        case Channel.DIGEST:
            return next_at(preferences.digest_at, now, zone)
    for each in (rule, preferences):
        now = QuietHours(each.quiet_from, each.quiet_until).end_after(now, zone)
    return now


def subject_of(match: Match) -> str:
    """Return it in one line: a name from the CRM may contain line breaks."""
    deal, event = match.deal, match.event
    words = {
        "rule": match.rule.name,
        "event": kind_of(event.name).title,
        "deal": deal or "",
        "customer": (deal and deal.customer) or "",
        "practice": (deal and deal.practice) or "",
        "value": (deal and money(deal.deal_value, deal.currency)) or "",
        "state": (deal and WorkflowStatus(deal.workflow_status).label) or "",
        "actor": person(event.actor) or "BQS",
    }
    text = Template(match.rule.subject or SUBJECT).safe_substitute(words)
    return " ".join(text.split()).rstrip(":")[:MOST_OF_A_SUBJECT]
