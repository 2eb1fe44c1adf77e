"""Write the notices of an event in its transaction.

So an event that is rolled back sends nothing, and a killed process loses nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Lower

from opportunities.access.roles import Role
from opportunities.domain.states import Action
from opportunities.models import (
    NonTransitionEvent,
    Notice,
    NoticeState,
    Opportunity,
    OpportunityEvent,
    PracticeMembership,
    Profile,
)
from opportunities.notices.sending import wake

MOST_OF_A_SUBJECT = 400

Recipients = Callable[["Addressees", Opportunity], Iterable[User]]


class Addressees:
    """People involved in some opportunities, in two queries for any number."""

    def __init__(self, deals: Collection[Opportunity]) -> None:
        self._leads: defaultdict[str | None, list[User]] = defaultdict(list)
        self._owners: defaultdict[str, list[User]] = defaultdict(list)
        practices = {deal.practice for deal in deals if deal.practice}
        leading = PracticeMembership.objects.filter(
            is_lead=True, practice__in=practices, user__groups__name=Role.LEAD
        )
        for each in leading.select_related("user__profile"):
            self._leads[each.practice].append(each.user)
        names = {deal.sales_owner.lower() for deal in deals if deal.sales_owner}
        named = Profile.objects.annotate(lower=Lower("crm_owner_name")).filter(lower__in=names)
        for profile in named.select_related("user__profile"):
            self._owners[profile.crm_owner_name.lower()].append(profile.user)

    def assigned_sa(self, deal: Opportunity) -> Iterable[User]:
        return [deal.assigned_sa] if deal.assigned_sa else []

    def leads(self, deal: Opportunity) -> Iterable[User]:
        return self._leads[deal.practice]

    def sales_owner(self, deal: Opportunity) -> Iterable[User]:
        return self._owners[(deal.sales_owner or "").lower()]


SA, LEADS, OWNER = Addressees.assigned_sa, Addressees.leads, Addressees.sales_owner


@dataclass(frozen=True)
class NoticeKind:
    name: str
    """Its name in the setting NOTICES."""
    subject: str
    recipients: tuple[Recipients, ...]


ASSIGNED = NoticeKind("assignment", "Assigned to you", (SA,))
DECIDED = NoticeKind("decision", "Decided", (SA,))
NO_BID = NoticeKind("no-bid", "No bid", (SA, OWNER))
NOTICE_KINDS: dict[str, NoticeKind] = {
    Action.ASSIGN: ASSIGNED,
    Action.REASSIGN: ASSIGNED,
    Action.DECLINE: NoticeKind("decline", "Declined and unassigned", (LEADS,)),
    Action.RETURN: NoticeKind("return", "Returned to you", (SA,)),
    Action.APPROVE: DECIDED,
    Action.APPROVE_WITH_CONDITIONS: DECIDED,
    Action.CONDITIONS_MET: DECIDED,
    Action.DECIDE_NO_BID: NO_BID,
    Action.QUICK_NO_BID: NO_BID,
    Action.CONDITIONS_FAILED: NO_BID,
    Action.REQUALIFY: NoticeKind("re-qualification", "To be re-qualified", (SA,)),
    Action.REOPEN_FROM_CRM: NoticeKind("reopened", "Reopened in the CRM", (LEADS,)),
    NonTransitionEvent.CRM_CHANGE: NoticeKind(
        "re-qualification", "The CRM changed what was submitted", (SA, LEADS)
    ),
}


def write_notices(*events: OpportunityEvent) -> None:
    """Write the notices of these events; they are sent once the transaction has ended."""
    if notices := list(_notices_of(events)):
        Notice.objects.bulk_create(notices)
        transaction.on_commit(wake, robust=True)


def withdraw_notices(event: OpportunityEvent) -> None:
    """Delete the notices of this event that are not sent yet."""
    Notice.objects.filter(event=event, state=NoticeState.WAITING).delete()


def _notices_of(events: Iterable[OpportunityEvent]) -> Iterator[Notice]:
    noticed = [(event, kind) for event in events if (kind := _kind_of(event))]
    if not noticed:
        return
    keys = [event.opportunity_id for event, _ in noticed]
    rows = Opportunity.objects.filter(remote_id__in=keys).select_related("assigned_sa__profile")
    deals = {deal.remote_id: deal for deal in rows}
    addressees = Addressees(deals.values())
    for event, kind in noticed:
        deal = deals[event.opportunity_id]
        # A name from the CRM may contain line breaks, but a subject must not.
        subject = " ".join(f"{kind.subject}: {deal}".split())[:MOST_OF_A_SUBJECT]
        for user in _recipients(event, kind, deal, addressees):
            yield Notice(event=event, recipient=user, address=user.email, subject=subject)


def _kind_of(event: OpportunityEvent) -> NoticeKind | None:
    kind = NOTICE_KINDS.get(event.action)
    return kind if kind and kind.name in settings.NOTICES else None


def _recipients(
    event: OpportunityEvent, kind: NoticeKind, deal: Opportunity, addressees: Addressees
) -> Iterator[User]:
    people = {user.pk: user for find in kind.recipients for user in find(addressees, deal)}
    # The actor knows already.
    return (user for user in people.values() if user.pk != event.actor_id and wants_notices(user))


def wants_notices(user: User) -> bool:
    profile = getattr(user, "profile", None)
    return user.is_active and bool(user.email) and (profile is None or profile.wants_notices)
