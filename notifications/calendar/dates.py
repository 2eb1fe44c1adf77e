"""Find the dates of a person's deals, and note what changed since their calendar was last read."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessments.decisions.conditions import waiting_conditions
from notifications.models import CalendarEntry
from opportunities.access.roles import access_of
from opportunities.access.sales_owner import sold_by
from opportunities.domain.deadlines import CLOCKED
from opportunities.domain.states import WorkflowStatus as S
from opportunities.models import Opportunity, conditions

CANCELLED_FOR = timedelta(days=30)
MOST_DEALS = 1000
MOVING = ("starts", "title", "path", "sequence", "changed_at", "is_cancelled")


class Told(NamedTuple):
    """A date as it is now."""

    starts: str
    title: str
    path: str


def entries_of(user: User) -> list[CalendarEntry]:
    """Return this person's dates, and for a while those that went, in a fixed number of queries."""
    now = timezone.now()
    rows = CalendarEntry.objects.filter(user=user)
    known = {each.uid: each for each in rows}
    dates = dict(_dates(user))
    changed = [_changed(uid, told, known, user) for uid, told in dates.items()]
    gone = [_cancelled(each) for uid, each in known.items() if uid not in dates]
    with transaction.atomic():
        rows.filter(is_cancelled=True, changed_at__lt=now - CANCELLED_FOR).delete()
        CalendarEntry.objects.bulk_create(
            [each for each in (*changed, *gone) if each],
            update_conflicts=True,
            update_fields=MOVING,
            unique_fields=["user", "uid"],
        )
    return list(rows.order_by("starts", "uid"))


def _changed(
    uid: str, told: Told, known: dict[str, CalendarEntry], user: User
) -> CalendarEntry | None:
    """Return the entry with its next number; nothing where it is told already."""
    former = known.get(uid)
    if (
        former
        and not former.is_cancelled
        and Told(former.starts, former.title, former.path) == told
    ):
        return None
    sequence = former.sequence + 1 if former else 0
    return CalendarEntry(user=user, uid=uid, sequence=sequence, **told._asdict())


def _cancelled(entry: CalendarEntry) -> CalendarEntry | None:
    """Return what tells that it went, and nothing of the deal, which they may no longer see."""
    if entry.is_cancelled:
        return None
    return CalendarEntry(
        user_id=entry.user_id,
        uid=entry.uid,
        starts=entry.starts,
        title="Cancelled",
        sequence=entry.sequence + 1,
        is_cancelled=True,
    )


def _dates(user: User) -> Iterator[tuple[str, Told]]:
    access = access_of(user)
    seen = Opportunity.objects.visible_to(access).open()
    theirs = Q(assigned_sa__in=access.queues) | sold_by(access.crm_owner_name)
    dated = Q(next_date__isnull=False) | Q(bid_due_on__isnull=False)
    deals = seen.filter(theirs | conditions.watched(user)).filter(dated)
    for deal in deals.order_by("next_date", "pk")[:MOST_DEALS]:
        yield from _dates_of(deal)
    for each in waiting_conditions().filter(
        owner__in=access.queues,
        decision__opportunity__in=seen.values("pk"),
    ):
        deal = each.decision.opportunity
        title = f"Condition due: {each.text}, {deal}"
        yield f"condition-{each.pk}", _told(each.due_on.isoformat(), title, deal)


def _dates_of(deal: Opportunity) -> Iterator[tuple[str, Told]]:
    status = S(deal.workflow_status)
    if deal.bid_due_on and status != S.NO_BID:
        yield f"bid-{deal.pk}", _told(deal.bid_due_on.isoformat(), f"Bid due: {deal}", deal)
    if status in CLOCKED and deal.due_at:
        moment = deal.due_at.astimezone(UTC).replace(microsecond=0).isoformat()
        yield f"clock-{deal.pk}", _told(moment, f"{status.label}, due: {deal}", deal)
    if status == S.ON_HOLD and deal.hold_review_on:
        title = f"Review the hold: {deal}"
        yield f"hold-{deal.pk}", _told(deal.hold_review_on.isoformat(), title, deal)


def _told(starts: str, title: str, deal: Opportunity) -> Told:
    return Told(starts, " ".join(title.split())[:600], f"/opportunities/{deal.pk}")
