"""Find the people whom events concern, in the same few queries for any number of events."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from django.contrib.auth.models import User

from notifications.models.rule import ROLE, Recipient
from opportunities.access.roles import Role
from opportunities.access.sales_owner import key_in, key_of
from opportunities.history.outbox_events import trail_key
from opportunities.models import Mention, Opportunity, PracticeMembership, Profile, Watch
from outbox.models import Event

ById = Mapping[str, Collection[int]]


class Addressees:
    """Asks for each kind once, when the first rule names it; people are ids."""

    def __init__(self, events: Iterable[Event], deals: Mapping[str, Opportunity]) -> None:
        self._events, self._deals = list(events), deals

    def of(self, event: Event, recipient: str) -> Collection[int]:
        if recipient.startswith(ROLE):
            return self._with_role.get(recipient.removeprefix(ROLE), ())
        if recipient == Recipient.NAMED:
            people: Collection[int] = event.body.get("people", ())
            return people
        if recipient == Recipient.MENTIONED:
            return self._mentioned.get(event.source, ())
        deal = self._deals.get(event.deal)
        return self._near(deal, recipient) if deal else ()

    def _near(self, deal: Opportunity, recipient: str) -> Collection[int]:
        match recipient:
            case Recipient.ASSIGNED_SA:
                return [deal.assigned_sa_id] if deal.assigned_sa_id else []
            case Recipient.LEADS:
                return self._leads.get(deal.practice or "", ())
            case Recipient.SALES_OWNER:
                return self._owners.get(key_of(deal.sales_owner), ())
            case Recipient.WATCHERS:
                return self._watchers.get(deal.remote_id, ())
            case Recipient.DECIDERS:
                managers = self._with_role.get(Role.BID_MANAGER, ())
                return [*self._leads.get(deal.practice or "", ()), *managers]
        return []

    @cached_property
    def _leads(self) -> ById:
        practices = {deal.practice for deal in self._deals.values() if deal.practice}
        leading = PracticeMembership.objects.filter(
            is_lead=True, practice__in=practices, user__groups__name=Role.LEAD
        )
        return _grouped(leading.values_list("practice", "user"))

    @cached_property
    def _owners(self) -> ById:
        owners = {key_of(deal.sales_owner) for deal in self._deals.values()}
        named = Profile.objects.annotate(key=key_in("crm_owner_name")).filter(key__in=owners)
        return _grouped(
            (key_of(name), pk) for name, pk in named.values_list("crm_owner_name", "user")
        )

    @cached_property
    def _watchers(self) -> ById:
        watches = Watch.objects.filter(opportunity__in=[deal.pk for deal in self._deals.values()])
        return _grouped(watches.values_list("opportunity__remote_id", "user"))

    @cached_property
    def _mentioned(self) -> ById:
        sources = {trail_key(event.source): event.source for event in self._events}
        mentions = Mention.objects.filter(event__in=sources.keys() - {None})
        return _grouped((sources[key], pk) for key, pk in mentions.values_list("event", "person"))

    @cached_property
    def _with_role(self) -> ById:
        return _grouped(
            User.objects.filter(groups__name__in=Role.values).values_list("groups__name", "pk")
        )


def _grouped(pairs: Iterable[tuple[str, int]]) -> ById:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for key, pk in pairs:
        found[key].append(pk)
    return found
