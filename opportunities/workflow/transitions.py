"""Apply transitions: all that people do with an opportunity goes through apply_transition()."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from opportunities import extensions
from opportunities.access.roles import UserAccess, access_of
from opportunities.domain.errors import Forbidden, GuardFailed, NotVisible, StaleVersion, WrongState
from opportunities.domain.states import BY_ACTION, Action, Transition, WorkflowStatus
from opportunities.history.audit_trail import audited_values, differences, write_event
from opportunities.models import Channel, Opportunity, conditions
from opportunities.workflow.inputs import check_inputs, parse_inputs
from opportunities.workflow.rules import TransitionContext, objection
from opportunities.workflow.state import moved_values, set_clock, set_state, status_after

# Done by the desk, they are done for the assigned SA.
ON_BEHALF = {Action.SUBMIT, Action.WITHDRAW}


@transaction.atomic
def apply_transition(
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
    at: datetime | None = None,
) -> Opportunity:
    """Carry out one transition, or nothing, and write one event; return the row as it is now.

    Args:
        expected_version: the lock_version the person saw; None where they saw none.
        params: the other inputs by the names of InputField, and SUBMIT's `draft_version` and
            RETURN's `review_comments` (code of a criterion -> text).
        at: when it happened; now, but in a demo's past.

    Raises: TransitionRefused, of the kind that tells why.
    """
    transition, access = BY_ACTION[Action(action)], access_of(by)
    row = locked(opportunity, access)
    check_version(row, expected_version)
    _check_state(row, transition)
    _check_right(row, transition, access)
    context = TransitionContext(
        row,
        transition,
        access,
        at=at or timezone.now(),
        channel=channel,
        reason=reason.strip(),
        reason_code=reason_code.strip(),
        on_behalf_of=on_behalf_of or whom_it_is_done_for(row, transition, access),
        params=parse_inputs(params or {}),
        request_id=request_id,
    )
    check_inputs(context)
    if refusal := objection(context):
        raise GuardFailed(*refusal)
    return _carry_out(context)


def locked(
    opportunity: Opportunity | int, access: UserAccess, also: Q = conditions.NONE
) -> Opportunity:
    """Return the row as it is now, locked until the transaction ends. Raises: NotVisible."""
    pk = opportunity.pk if isinstance(opportunity, Opportunity) else opportunity
    rows = Opportunity.objects.select_for_update().filter(pk=pk)
    row = rows.visible_to(access).first() or rows.filter(also).first()
    if row is None:
        raise NotVisible("visible", f"There is no opportunity {pk}.")
    return row


def check_version(row: Opportunity, expected_version: int | None) -> None:
    if expected_version is not None and expected_version != row.lock_version:
        sentence = (
            f"Someone else changed this opportunity; its state is now {_status(row)}. "
            "Reload to see it."
        )
        raise StaleVersion("opportunity_unchanged", sentence)


def _check_state(row: Opportunity, transition: Transition) -> None:
    if row.workflow_status not in transition.sources:
        possible = ", ".join(status.label for status in transition.sources)
        sentence = f"not possible while the state is {_status(row)}, only from {possible}."
        raise WrongState("state", f"{transition.action.label}: {sentence}")


def _check_right(row: Opportunity, transition: Transition, access: UserAccess) -> None:
    if not access.holds_any(transition.rights, row):
        raise Forbidden("right", refusal_of_right(transition))


def refusal_of_right(transition: Transition) -> str:
    whom = " or ".join(right.value for right in transition.rights)
    return f"Only {whom} can do this."


def _status(row: Opportunity) -> str:
    return WorkflowStatus(row.workflow_status).label


def whom_it_is_done_for(
    row: Opportunity, transition: Transition, access: UserAccess
) -> User | None:
    """Return the SA whose work the desk does, or who is away while a deputy acts."""
    if transition.action in ON_BEHALF and not access.is_assigned(row):
        return row.assigned_sa
    return access.stands_in_for(transition.rights, row)


def _carry_out(context: TransitionContext) -> Opportunity:
    row, former = context.opportunity, audited_values(context.opportunity)
    stored = moved_values(row)
    after = status_after(row, context.transition)
    set_clock(row, context.action, after, context.at)
    changes: dict[str, Any] = {}
    for effect in extensions.effects.all(context.action):
        changes |= effect(context) or {}
    before = set_state(row, after, context.at)
    row.before_last_move = {
        name: old for name, (old, _) in differences(stored, moved_values(row)).items()
    }
    row.save(update_fields=Opportunity.TRANSITION_FIELDS)
    write_event(
        row,
        context.action,
        actor=context.by,
        at=context.at,
        channel=context.channel,
        from_status=before,
        reason=context.reason,
        reason_code=context.reason_code,
        on_behalf_of=context.on_behalf_of,
        changes=differences(former, audited_values(row)) | changes,
        request_id=context.request_id,
    )
    return row
