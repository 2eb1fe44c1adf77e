"""Whom an event concerns, and the notices it leads to: rows, written in its transaction.

So an event that is taken back sends nothing, and a process that is killed loses nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Lower

from opportunities.models import (
    Notice,
    Opportunity,
    OpportunityEvent,
    PracticeMembership,
    Profile,
    Remark,
)
from opportunities.roles import Role
from opportunities.sending import wake
from opportunities.workflow import Action

MOST_OF_A_SUBJECT = 400

Recipients = Callable[["Addressees", Opportunity], Iterable[User]]


class Addressees:
    """The people around some opportunities; two queries, however many those are."""

    def __init__(self, deals: Collection[Opportunity]) -> None:
        self._leads: defaultdict[str | None, list[User]] = defaultdict(list)
        self._owners: defaultdict[str, list[User]] = defaultdict(list)
        self._find_leads({deal.practice for deal in deals if deal.practice})
        self._find_owners({deal.sales_owner.lower() for deal in deals if deal.sales_owner})

    def _find_leads(self, practices: set[str]) -> None:
        leading = PracticeMembership.objects.filter(
            is_lead=True, practice__in=practices, user__groups__name=Role.LEAD
        )
        for each in leading.select_related("user__profile"):
            self._leads[each.practice].append(each.user)

    def _find_owners(self, names: set[str]) -> None:
        named = Profile.objects.annotate(lower=Lower("crm_owner_name")).filter(lower__in=names)
        for each in named.select_related("user__profile"):
            self._owners[each.crm_owner_name.lower()].append(each.user)

    def assigned_sa(self, deal: Opportunity) -> Iterable[User]:
        return [deal.assigned_sa] if deal.assigned_sa else []

    def leads(self, deal: Opportunity) -> Iterable[User]:
        return self._leads[deal.practice]

    def sales_owner(self, deal: Opportunity) -> Iterable[User]:
        return self._owners[(deal.sales_owner or "").lower()]


SA, LEADS, OWNER = Addressees.assigned_sa, Addressees.leads, Addressees.sales_owner


@dataclass(frozen=True)
class Kind:
    name: str
    """By which the setting NOTICES switches it."""
    subject: str
    recipients: tuple[Recipients, ...]


ASSIGNED = Kind("assignment", "Assigned to you", (SA,))
DECIDED = Kind("decision", "Decided", (SA,))
NO_BID = Kind("no-bid", "We do not bid", (SA, OWNER))
KINDS: dict[str, Kind] = {
    Action.ASSIGN: ASSIGNED,
    Action.REASSIGN: ASSIGNED,
    Action.DECLINE: Kind("decline", "Declined, and unassigned again", (LEADS,)),
    Action.RETURN: Kind("return", "Returned to you", (SA,)),
    Action.APPROVE: DECIDED,
    Action.APPROVE_WITH_CONDITIONS: DECIDED,
    Action.CONDITIONS_MET: DECIDED,
    Action.DECIDE_NO_BID: NO_BID,
    Action.QUICK_NO_BID: NO_BID,
    Action.CONDITIONS_FAILED: NO_BID,
    Action.REQUALIFY: Kind("re-qualification", "To be qualified again", (SA,)),
    Action.REOPEN_FROM_CRM: Kind("reopened", "Reopened in the CRM", (LEADS,)),
    Remark.CRM_CHANGE: Kind("re-qualification", "The CRM changed what was submitted", (SA, LEADS)),
}


def write_notices(*events: OpportunityEvent) -> None:
    """Write what these events have to say to whom; sent when their transaction has ended."""
    if notices := list(_notices_of(events)):
        Notice.objects.bulk_create(notices)
        transaction.on_commit(wake, robust=True)


def _notices_of(events: Iterable[OpportunityEvent]) -> Iterator[Notice]:
    told = [(event, kind) for event in events if (kind := _kind_of(event))]
    if not told:
        return
    keys = [event.opportunity_id for event, _ in told]
    rows = Opportunity.objects.filter(remote_id__in=keys).select_related("assigned_sa__profile")
    deals = {deal.remote_id: deal for deal in rows}
    addressees = Addressees(deals.values())
    for event, kind in told:
        deal = deals[event.opportunity_id]
        # A name from the CRM may hold line breaks, which no subject can.
        subject = " ".join(f"{kind.subject}: {deal}".split())[:MOST_OF_A_SUBJECT]
        for user in _recipients(event, kind, deal, addressees):
            yield Notice(event=event, recipient=user, address=user.email, subject=subject)


def _kind_of(event: OpportunityEvent) -> Kind | None:
    kind = KINDS.get(event.action)
    return kind if kind and kind.name in settings.NOTICES else None


def _recipients(
    event: OpportunityEvent, kind: Kind, deal: Opportunity, addressees: Addressees
) -> Iterator[User]:
    people = {user.pk: user for find in kind.recipients for user in find(addressees, deal)}
    # Who did it knows.
    return (user for user in people.values() if user.pk != event.actor_id and wants_notices(user))


def wants_notices(user: User) -> bool:
    profile = getattr(user, "profile", None)
    return user.is_active and bool(user.email) and (profile is None or profile.wants_notices)
