"""Write comments, notes, bid due dates and priorities: what people do without a transition."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from opportunities.access.roles import access_of
from opportunities.access.who_sees import people_who_see
from opportunities.domain.errors import Forbidden, GuardFailed
from opportunities.history.audit_trail import audited_values, differences, write_event
from opportunities.models import (
    Channel,
    LastLook,
    Mention,
    NonTransitionEvent,
    Opportunity,
    OpportunityEvent,
)
from opportunities.workflow.state import follow_bid_due_date
from opportunities.workflow.transitions import check_version, locked

Deal = Opportunity | int
EVENT_OF = {
    "sa_notes": NonTransitionEvent.NOTES,
    "bid_due_on": NonTransitionEvent.BID_DUE,
    "priority": NonTransitionEvent.PRIORITY,
}


@transaction.atomic
def opportunity_comment(
    *,
    opportunity: Deal,
    by: User,
    text: str,
    channel: Channel,
    reply_to: int | None = None,
    mentions: Collection[int] = (),
    request_id: str = "",
) -> OpportunityEvent:
    """Write a comment, and keep whom it mentions.

    Args:
        reply_to: the comment it answers; a thread has one level, below its first comment.

    Raises: TransitionRefused.
    """
    access = access_of(by)
    row = locked(opportunity, access)
    if not access.may_comment(row):
        whom = "people who work on bids and the sales owner of this opportunity"
        raise Forbidden("right", f"Only {whom} can comment.")
    if not text.strip():
        raise GuardFailed("comment_given", "Write a comment.")
    event = write_event(
        row,
        NonTransitionEvent.COMMENT,
        actor=by,
        at=timezone.now(),
        channel=channel,
        reason=text.strip(),
        changes=_replied_to(row, reply_to) | _mentioned(row, mentions),
        request_id=request_id,
    )
    Mention.objects.bulk_create(Mention(event=event, person_id=pk) for pk in {*mentions})
    return event


def _replied_to(row: Opportunity, reply_to: int | None) -> dict[str, Any]:
    if reply_to is None:
        return {}
    comments = row.events.filter(action=NonTransitionEvent.COMMENT)
    comment = comments.filter(pk=reply_to).first()
    if comment is None:
        raise GuardFailed("comment_there", "You can only reply to a comment on this opportunity.")
    return {"reply_to": comment.changes.get("reply_to", [None, str(comment.pk)])}


def _mentioned(row: Opportunity, mentions: Collection[int]) -> dict[str, Any]:
    wanted = sorted({*mentions})
    if not wanted:
        return {}
    if people_who_see(row).filter(pk__in=wanted).count() < len(wanted):
        sentence = "You can only mention people who can see this opportunity."
        raise GuardFailed("mentions_see_it", sentence)
    return {"mentions": [[], wanted]}


@transaction.atomic
def opportunity_edit(
    *,
    opportunity: Deal,
    by: User,
    values: Mapping[str, Any],
    channel: Channel,
    expected_version: int | None = None,
    request_id: str = "",
) -> Opportunity:
    """Write what people own, on behalf of the assigned SA where others do.

    Args:
        values: some of the fields that EVENT_OF names.

    Raises: TransitionRefused.
    """
    access = access_of(by)
    row = locked(opportunity, access)
    check_version(row, expected_version)
    if not access.may_write_notes(row):
        whom = "the assigned SA, an SA lead of the practice or a bid manager"
        raise Forbidden("right", f"Only {whom} can change notes, bid due date and priority.")
    for field, value in values.items():
        former = audited_values(row)
        setattr(row, field, value)
        changes = differences(former, audited_values(row))
        if changes:
            _save(row, field)
            write_event(
                row,
                EVENT_OF[field],
                actor=by,
                at=timezone.now(),
                channel=channel,
                on_behalf_of=None if access.is_assigned(row) else row.assigned_sa,
                changes=changes,
                request_id=request_id,
            )
    return row


def _save(row: Opportunity, field: str) -> None:
    if field == "bid_due_on":
        follow_bid_due_date(row)
    row.lock_version += 1
    row.save(update_fields=[field, "lock_version", "clock_started_at", "due_at", "due_soon_at"])


def opportunity_mark_seen(*, opportunity: Opportunity, by: User) -> datetime | None:
    """Note that this person views it now; return when they viewed it before."""
    former = LastLook.objects.filter(user=by, opportunity=opportunity).first()
    now = timezone.now()
    LastLook.objects.update_or_create(user=by, opportunity=opportunity, defaults={"at": now})
    Mention.objects.unseen_by(by).filter(event__opportunity=opportunity).update(seen_at=now)
    return former.at if former else None
