"""What people do to an opportunity, each by its name; transitions.py has the rules."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from opportunities.models import Channel, LastLook, Opportunity, OpportunityEvent, Remark
from opportunities.progress import follow_bid_due_date
from opportunities.refusals import Forbidden, GuardFailed
from opportunities.roles import Standing, standing_of
from opportunities.trail import differences, told_fields, write_event
from opportunities.transitions import check_version, locked, move
from opportunities.workflow import Action, Ask

Deal = Opportunity | int
Params = dict[str, Any]


def opportunity_assign(*, opportunity: Deal, to: User | int, by: User, **more: Any) -> Opportunity:
    return move(opportunity, Action.ASSIGN, by=by, params={Ask.ASSIGNEE: to}, **more)


def opportunity_claim(*, opportunity: Deal, by: User, **more: Any) -> Opportunity:
    return move(opportunity, Action.CLAIM, by=by, **more)


def opportunity_reassign(
    *, opportunity: Deal, to: User | int, by: User, reason: str = "", **more: Any
) -> Opportunity:
    params: Params = {Ask.ASSIGNEE: to}
    return move(opportunity, Action.REASSIGN, by=by, reason=reason, params=params, **more)


def opportunity_unassign(*, opportunity: Deal, by: User, reason: str, **more: Any) -> Opportunity:
    return move(opportunity, Action.UNASSIGN, by=by, reason=reason, **more)


def opportunity_decline(*, opportunity: Deal, by: User, reason: str, **more: Any) -> Opportunity:
    return move(opportunity, Action.DECLINE, by=by, reason=reason, **more)


def opportunity_hold(
    *, opportunity: Deal, by: User, reason: str, review_on: date, **more: Any
) -> Opportunity:
    params: Params = {Ask.REVIEW_ON: review_on}
    return move(opportunity, Action.HOLD, by=by, reason=reason, params=params, **more)


def opportunity_resume(*, opportunity: Deal, by: User, **more: Any) -> Opportunity:
    return move(opportunity, Action.RESUME, by=by, **more)


def opportunity_quick_no_bid(
    *, opportunity: Deal, by: User, reason_code: str, reason: str, **more: Any
) -> Opportunity:
    return move(
        opportunity, Action.QUICK_NO_BID, by=by, reason_code=reason_code, reason=reason, **more
    )


# --- what moves no state ----------------------------------------------------------------------


@transaction.atomic
def opportunity_comment(
    *, opportunity: Deal, by: User, text: str, channel: Channel, request_id: str = ""
) -> OpportunityEvent:
    row, standing = _locked(opportunity, by)
    if not standing.may_comment(row):
        whom = "those who work on bids, and for the sales owner of this one"
        raise Forbidden("right", f"Comments are for {whom}.")
    if not text.strip():
        raise GuardFailed("comment given", "Write a comment.")
    return write_event(
        row,
        Remark.COMMENT,
        by=by,
        at=timezone.now(),
        channel=channel,
        reason=text.strip(),
        request_id=request_id,
    )


@transaction.atomic
def opportunity_set_notes(
    *,
    opportunity: Deal,
    by: User,
    notes: str,
    channel: Channel,
    expected_version: int | None = None,
    request_id: str = "",
) -> Opportunity:
    """Done by the desk, it is flagged as done for the assigned SA."""
    row, standing = _to_write(opportunity, by, expected_version)
    return _write(row, "sa_notes", notes, Remark.NOTES, standing, channel, request_id)


@transaction.atomic
def opportunity_set_bid_due(
    *,
    opportunity: Deal,
    by: User,
    bid_due_on: date | None,
    channel: Channel,
    expected_version: int | None = None,
    request_id: str = "",
) -> Opportunity:
    """The customer's date for the bid; it shortens the clock that runs."""
    row, standing = _to_write(opportunity, by, expected_version)
    return _write(row, "bid_due_on", bid_due_on, Remark.BID_DUE, standing, channel, request_id)


def opportunity_mark_seen(*, opportunity: Opportunity, by: User) -> datetime | None:
    """Note that this person looks at it now; return when they looked before."""
    former = LastLook.objects.filter(user=by, opportunity=opportunity).first()
    seen = {"at": timezone.now()}
    LastLook.objects.update_or_create(user=by, opportunity=opportunity, defaults=seen)
    return former.at if former else None


def _locked(opportunity: Deal, by: User) -> tuple[Opportunity, Standing]:
    standing = standing_of(by)
    return locked(opportunity, standing), standing


def _to_write(
    opportunity: Deal, by: User, expected_version: int | None
) -> tuple[Opportunity, Standing]:
    row, standing = _locked(opportunity, by)
    check_version(row, expected_version)
    if not standing.may_write_notes(row):
        whom = "the assigned SA, an SA lead of the practice or a bid manager"
        raise Forbidden("right", f"Notes and bid due dates are for {whom}.")
    return row, standing


def _write(
    row: Opportunity,
    field: str,
    value: Any,
    remark: Remark,
    standing: Standing,
    channel: Channel,
    request_id: str,
) -> Opportunity:
    former = told_fields(row)
    setattr(row, field, value)
    changes = differences(former, told_fields(row))
    if not changes:
        return row
    if field == "bid_due_on":
        follow_bid_due_date(row)
    row.lock_version += 1
    row.save(update_fields=[field, "lock_version", "clock_started_at", "due_at", "due_soon_at"])
    write_event(
        row,
        remark,
        by=standing.user,
        at=timezone.now(),
        channel=channel,
        on_behalf_of=None if standing.is_assigned(row) else row.assigned_sa,
        changes=changes,
        request_id=request_id,
    )
    return row
