"""E-mail to the people an event concerns, after the event is stored.

A mail that cannot be sent is logged and changes nothing else.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.urls import reverse

from opportunities.models import Opportunity, OpportunityEvent, PracticeMembership, Profile, Remark
from opportunities.presentation import person
from opportunities.roles import Role
from opportunities.workflow import Action

log = logging.getLogger(__name__)

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
class Notice:
    kind: str
    """By which the setting NOTICES switches it."""
    subject: str
    recipients: tuple[Recipients, ...]


ASSIGNED = Notice("assignment", "Assigned to you", (SA,))
DECIDED = Notice("decision", "Decided", (SA,))
NO_BID = Notice("no-bid", "We do not bid", (SA, OWNER))
NOTICES: dict[str, Notice] = {
    Action.ASSIGN: ASSIGNED,
    Action.REASSIGN: ASSIGNED,
    Action.DECLINE: Notice("decline", "Declined, and unassigned again", (LEADS,)),
    Action.RETURN: Notice("return", "Returned to you", (SA,)),
    Action.APPROVE: DECIDED,
    Action.APPROVE_WITH_CONDITIONS: DECIDED,
    Action.CONDITIONS_MET: DECIDED,
    Action.DECIDE_NO_BID: NO_BID,
    Action.QUICK_NO_BID: NO_BID,
    Action.CONDITIONS_FAILED: NO_BID,
    Action.REQUALIFY: Notice("re-qualification", "To be qualified again", (SA,)),
    Action.REOPEN_FROM_CRM: Notice("reopened", "Reopened in the CRM", (LEADS,)),
    Remark.CRM_CHANGE: Notice(
        "re-qualification", "The CRM changed what was submitted", (SA, LEADS)
    ),
}


def tell(*events: OpportunityEvent) -> None:
    """Send what these events have to say, over one connection."""
    try:
        if messages := _messages_of(events):
            get_connection().send_messages(messages)
    except Exception:
        # Whatever goes wrong with a mail, the transition has happened; robust on_commit would log
        # it too, but trips over a partial, and does not say what was lost.
        log.exception("The notices of %d events could not be sent", len(events))


def _messages_of(events: Iterable[OpportunityEvent]) -> list[EmailMessage]:
    told = [(event, notice) for event in events if (notice := _notice_of(event))]
    if not told:
        return []
    keys = [event.opportunity_id for event, _ in told]
    rows = Opportunity.objects.filter(remote_id__in=keys).select_related("assigned_sa__profile")
    deals = {deal.remote_id: deal for deal in rows}
    addressees = Addressees(deals.values())
    return [
        _message(event, notice, deals[event.opportunity_id], user)
        for event, notice in told
        for user in _recipients(event, notice, deals[event.opportunity_id], addressees)
    ]


def _notice_of(event: OpportunityEvent) -> Notice | None:
    notice = NOTICES.get(event.action)
    return notice if notice and notice.kind in settings.NOTICES else None


def _recipients(
    event: OpportunityEvent, notice: Notice, deal: Opportunity, addressees: Addressees
) -> Iterator[User]:
    people = {user.pk: user for find in notice.recipients for user in find(addressees, deal)}
    # Who did it knows.
    return (user for user in people.values() if user.pk != event.actor_id and _wants_notices(user))


def _wants_notices(user: User) -> bool:
    profile = getattr(user, "profile", None)
    return user.is_active and bool(user.email) and (profile is None or profile.wants_notices)


def _message(
    event: OpportunityEvent, notice: Notice, deal: Opportunity, user: User
) -> EmailMessage:
    path = reverse("admin:opportunities_opportunity_change", args=[deal.pk])
    context = {
        "event": event,
        "deal": deal,
        "by": person(event.actor) if event.actor else "The sync",
        "subject": notice.subject,
        "address": f"{settings.SITE_URL}{path}",
    }
    body = render_to_string("opportunities/notice.txt", context)
    # A name from the CRM may hold line breaks, which no subject can.
    subject = " ".join(f"{notice.subject}: {deal}".split())
    return EmailMessage(subject, body, to=[user.email])
