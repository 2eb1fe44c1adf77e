"""Write the notices of an event in its transaction.

So an event that is rolled back sends nothing, and a killed process loses nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef

from opportunities.access.roles import Role
from opportunities.access.sales_owner import key_in, key_of
from opportunities.access.who_sees import who_see_one_of
from opportunities.domain.policy import NoticeName, policy
from opportunities.domain.states import Action
from opportunities.models import (
    Mention,
    NonTransitionEvent,
    Notice,
    NoticeState,
    Opportunity,
    OpportunityEvent,
    PracticeMembership,
    Profile,
    Watch,
)
from opportunities.notices.sending import wake

MOST_OF_A_SUBJECT = 400

Recipients = Callable[["Addressees", OpportunityEvent], Iterable[User]]


class Addressees:
    """People whom some events concern, in the same few queries for any number of events."""

    def __init__(
        self, deals: Mapping[str, Opportunity], events: Collection[OpportunityEvent]
    ) -> None:
        self._deals = deals
        self._leads: defaultdict[str | None, list[User]] = defaultdict(list)
        self._owners: defaultdict[str, list[User]] = defaultdict(list)
        practices = {deal.practice for deal in deals.values() if deal.practice}
        leading = PracticeMembership.objects.filter(
            is_lead=True, practice__in=practices, user__groups__name=Role.LEAD
        )
        for each in leading.select_related("user__profile"):
            self._leads[each.practice].append(each.user)
        owners = {key_of(deal.sales_owner) for deal in deals.values()}
        named = Profile.objects.annotate(key=key_in("crm_owner_name")).filter(key__in=owners)
        for profile in named.select_related("user__profile"):
            self._owners[key_of(profile.crm_owner_name)].append(profile.user)
        self._watchers = _watchers(events)
        self._mentioned = _mentioned(events)

    def assigned_sa(self, event: OpportunityEvent) -> Iterable[User]:
        sa = self._deals[event.opportunity_id].assigned_sa
        return [sa] if sa else []

    def leads(self, event: OpportunityEvent) -> Iterable[User]:
        return self._leads[self._deals[event.opportunity_id].practice]

    def sales_owner(self, event: OpportunityEvent) -> Iterable[User]:
        return self._owners[key_of(self._deals[event.opportunity_id].sales_owner)]

    def watchers(self, event: OpportunityEvent) -> Iterable[User]:
        return self._watchers[event.opportunity_id]

    def mentioned(self, event: OpportunityEvent) -> Iterable[User]:
        return self._mentioned[event.pk]


def _watchers(events: Collection[OpportunityEvent]) -> dict[str, list[User]]:
    """Return by deal who watches it and may still see it."""
    found: defaultdict[str, list[User]] = defaultdict(list)
    keys = {event.opportunity_id for event in events if WATCHERS in _kind_of(event).recipients}
    if keys:
        sees_it = who_see_one_of("opportunity", OuterRef).filter(pk=OuterRef("user"))
        watches = Watch.objects.filter(Exists(sees_it), opportunity__remote_id__in=keys)
        for each in watches.select_related("user__profile", "opportunity"):
            found[each.opportunity.remote_id].append(each.user)
    return found


def _mentioned(events: Collection[OpportunityEvent]) -> dict[int, list[User]]:
    found: defaultdict[int, list[User]] = defaultdict(list)
    comments = [event for event in events if event.action == NonTransitionEvent.COMMENT]
    if comments:
        mentions = Mention.objects.filter(event__in=comments)
        for each in mentions.select_related("person__profile"):
            found[each.event_id].append(each.person)
    return found


SA, LEADS, OWNER = Addressees.assigned_sa, Addressees.leads, Addressees.sales_owner
WATCHERS, MENTIONED = Addressees.watchers, Addressees.mentioned


@dataclass(frozen=True)
class NoticeKind:
    name: NoticeName
    subject: str
    recipients: tuple[Recipients, ...]


ASSIGNED = NoticeKind(NoticeName.ASSIGNMENT, "Assigned to you", (SA,))
DECIDED = NoticeKind(NoticeName.DECISION, "Decided", (SA, WATCHERS))
NO_BID = NoticeKind(NoticeName.NO_BID, "No bid", (SA, OWNER, WATCHERS))
NOTICE_KINDS: dict[str, NoticeKind] = {
    Action.ASSIGN: ASSIGNED,
    Action.REASSIGN: ASSIGNED,
    Action.DECLINE: NoticeKind(NoticeName.DECLINE, "Declined and unassigned", (LEADS,)),
    Action.RETURN: NoticeKind(NoticeName.RETURN, "Returned to you", (SA,)),
    Action.APPROVE: DECIDED,
    Action.APPROVE_WITH_CONDITIONS: DECIDED,
    Action.CONDITIONS_MET: DECIDED,
    Action.DECIDE_NO_BID: NO_BID,
    Action.QUICK_NO_BID: NO_BID,
    Action.CONDITIONS_FAILED: NO_BID,
    Action.REQUALIFY: NoticeKind(NoticeName.REQUALIFICATION, "Re-qualification needed", (SA,)),
    Action.REOPEN_FROM_CRM: NoticeKind(NoticeName.REOPENED, "Reopened in the CRM", (LEADS,)),
    NonTransitionEvent.CRM_CHANGE: NoticeKind(
        NoticeName.REQUALIFICATION, "The CRM changed what was submitted", (SA, LEADS, WATCHERS)
    ),
    NonTransitionEvent.COMMENT: NoticeKind(NoticeName.MENTION, "You were mentioned", (MENTIONED,)),
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
    noticed = [event for event in events if _is_noticed(event)]
    if not noticed:
        return
    keys = [event.opportunity_id for event in noticed]
    rows = Opportunity.objects.filter(remote_id__in=keys).select_related("assigned_sa__profile")
    deals = {deal.remote_id: deal for deal in rows}
    addressees = Addressees(deals, noticed)
    for event in noticed:
        kind = _kind_of(event)
        # A name from the CRM may contain line breaks, but a subject must not.
        subject = " ".join(f"{kind.subject}: {deals[event.opportunity_id]}".split())
        for user in _recipients(event, kind, addressees):
            yield Notice(
                event=event,
                recipient=user,
                address=user.email,
                subject=subject[:MOST_OF_A_SUBJECT],
            )


def _is_noticed(event: OpportunityEvent) -> bool:
    return event.action in NOTICE_KINDS and _kind_of(event).name in policy.NOTICES


def _kind_of(event: OpportunityEvent) -> NoticeKind:
    return NOTICE_KINDS[event.action]


def _recipients(
    event: OpportunityEvent, kind: NoticeKind, addressees: Addressees
) -> Iterator[User]:
    people = {user.pk: user for find in kind.recipients for user in find(addressees, event)}
    # The actor knows already.
    return (user for user in people.values() if user.pk != event.actor_id and wants_notices(user))


def wants_notices(user: User) -> bool:
    profile = getattr(user, "profile", None)
    return user.is_active and bool(user.email) and (profile is None or profile.wants_notices)
