"""The one door through which people move an opportunity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from opportunities import rules
from opportunities.asking import check_what_is_said, understood
from opportunities.models import Channel, Opportunity
from opportunities.notices import write_notices
from opportunities.progress import enter, set_clock, status_after
from opportunities.refusals import Forbidden, GuardFailed, OutOfSight, StaleVersion, WrongState
from opportunities.roles import Standing, standing_of
from opportunities.rules import Attempt, objection, register_effect, register_guard
from opportunities.trail import differences, told_fields, write_event
from opportunities.workflow import BY_ACTION, Action, Transition, WorkflowStatus

__all__ = ["Attempt", "move", "register_effect", "register_guard"]

# Done by the desk, they are done for the assigned SA.
ON_BEHALF = {Action.SUBMIT, Action.WITHDRAW}


@transaction.atomic
def move(
    opportunity: Opportunity | int,
    action: Action,
    *,
    by: User,
    channel: Channel,
    expected_version: int | None = None,
    reason: str = "",
    reason_code: str = "",
    on_behalf_of: User | None = None,
    params: Mapping[str, Any] | None = None,
    request_id: str = "",
) -> Opportunity:
    """Carry out one transition, or nothing, and write one event; return the row as it is now.

    Args:
        expected_version: the lock_version the person saw; None where they saw none.
        params: what else the action asks for, by the names of workflow.Ask.

    Raises: TransitionRefused, of the kind that tells why.
    """
    transition, standing = BY_ACTION[Action(action)], standing_of(by)
    row = locked(opportunity, standing)
    check_version(row, expected_version)
    _check_state(row, transition)
    _check_right(row, transition, standing)
    attempt = Attempt(
        row,
        transition,
        standing,
        at=timezone.now(),
        channel=channel,
        reason=reason.strip(),
        reason_code=reason_code.strip(),
        on_behalf_of=on_behalf_of or _whom_it_is_done_for(row, transition, standing),
        params=understood(params or {}),
        request_id=request_id,
    )
    check_what_is_said(attempt)
    if refusal := objection(attempt):
        raise GuardFailed(*refusal)
    return _carry_out(attempt)


def locked(opportunity: Opportunity | int, standing: Standing) -> Opportunity:
    """The row as it is now, ours until the transaction ends. Raises: OutOfSight."""
    pk = opportunity.pk if isinstance(opportunity, Opportunity) else opportunity
    row = Opportunity.objects.visible_to(standing).select_for_update().filter(pk=pk).first()
    if row is None:
        raise OutOfSight("in sight", f"There is no opportunity {pk}.")
    return row


def check_version(row: Opportunity, expected_version: int | None) -> None:
    if expected_version is not None and expected_version != row.lock_version:
        sentence = f"Somebody was quicker: it is {_status(row)} now. Reload, and look again."
        raise StaleVersion("unchanged since you looked", sentence)


def _check_state(row: Opportunity, transition: Transition) -> None:
    if row.workflow_status not in transition.sources:
        possible = ", ".join(status.label for status in transition.sources)
        sentence = (
            f"{transition.action.label}: not while it is {_status(row)}, only from {possible}."
        )
        raise WrongState("state", sentence)


def _check_right(row: Opportunity, transition: Transition, standing: Standing) -> None:
    if not standing.holds_any(transition.rights, row):
        raise Forbidden("right", refusal_of_right(transition))


def refusal_of_right(transition: Transition) -> str:
    whom = " or ".join(right.value for right in transition.rights)
    return f"{transition.action.label}: this is for {whom}."


def _status(row: Opportunity) -> str:
    return WorkflowStatus(row.workflow_status).label


def _whom_it_is_done_for(
    row: Opportunity, transition: Transition, standing: Standing
) -> User | None:
    if transition.action in ON_BEHALF and not standing.is_assigned(row):
        return row.assigned_sa
    return None


def _carry_out(attempt: Attempt) -> Opportunity:
    row, former = attempt.opportunity, told_fields(attempt.opportunity)
    after = status_after(row, attempt.transition)
    set_clock(row, attempt.action, after, attempt.at)
    changes: dict[str, Any] = {}
    for effect in rules.effects[attempt.action]:
        changes |= effect(attempt) or {}
    before = enter(row, after, attempt.at)
    row.save(update_fields=Opportunity.MOVED_FIELDS)
    event = write_event(
        row,
        attempt.action,
        by=attempt.by,
        at=attempt.at,
        channel=attempt.channel,
        from_status=before,
        reason=attempt.reason,
        reason_code=attempt.reason_code,
        on_behalf_of=attempt.on_behalf_of,
        changes=differences(former, told_fields(row)) | changes,
        request_id=attempt.request_id,
    )
    write_notices(event)
    return row
