"""Make the deliveries of events that match rules: to those who may see the deal and want it."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from string import Template
from typing import Any, NamedTuple

from django.contrib.auth.models import User

from notifications.models import Channel, Preferences, Rule
from notifications.models.preferences import preferences_of
from notifications.models.rule import OF_PEOPLE
from notifications.rules.addressees import Addressees
from notifications.rules.timing import QuietHours, next_working
from opportunities.access.permissions import VIEW
from opportunities.access.roles import access_of, load_accesses
from opportunities.domain.states import WorkflowStatus
from opportunities.lists.presentation import money, person
from opportunities.models import Absence, Opportunity
from outbox.channels import channels
from outbox.events import kind_of
from outbox.models import MOST_OF_A_SUBJECT, Delivery, Event

SUBJECT = "$rule: $deal"


class Match(NamedTuple):
    event: Event
    rule: Rule
    deal: Opportunity | None


SUBJECT_WORDS: dict[str, Callable[[Match], Any]] = {
    "rule": lambda match: match.rule.name,
    "event": lambda match: kind_of(match.event.name).title,
    "deal": lambda match: match.deal,
    "customer": lambda match: match.deal and match.deal.customer,
    "practice": lambda match: match.deal and match.deal.practice,
    "value": lambda match: match.deal and money(match.deal.deal_value, match.deal.currency),
    "state": lambda match: match.deal and WorkflowStatus(match.deal.workflow_status).label,
    "actor": lambda match: person(match.event.actor) or "BQS",
}


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
        endpoint, subject = match.rule.endpoint, subject_of(match)
        if endpoint and endpoint.is_active:
            yield self._delivery(match, Channel(endpoint.kind), subject, target=str(endpoint.pk))
        for user in self._told(match):
            for channel in _channels(match, user, self._preferences[user.pk]):
                target = "" if channel == Channel.BELL else user.email
                yield self._delivery(match, channel, subject, recipient=user, target=target)

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
        self,
        match: Match,
        channel: Channel,
        subject: str,
        target: str,
        recipient: User | None = None,
    ) -> Delivery:
        preferences = self._preferences[recipient.pk] if recipient else Preferences()
        return Delivery(
            event=match.event,
            channel=channel,
            subject=subject,
            target=target,
            recipient=recipient,
            next_try_at=due_at(channel, match.rule, preferences, self._now),
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
            return next_working(preferences.digest_at, now, zone)
    # The end of one's own may lie in those of the rule.
    for each in (rule, preferences, rule):
        now = QuietHours(each.quiet_from, each.quiet_until).end_after(now, zone)
    return now


def subject_of(match: Match) -> str:
    """Return it in one line: a name from the CRM may contain line breaks."""
    words = {word: value_of(match) or "" for word, value_of in SUBJECT_WORDS.items()}
    text = Template(match.rule.subject or SUBJECT).safe_substitute(words)
    return " ".join(text.split()).rstrip(":")[:MOST_OF_A_SUBJECT]
