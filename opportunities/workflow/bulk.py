"""Apply one action to many opportunities, each in its own transaction."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from opportunities.access.roles import UserAccess, access_of
from opportunities.domain.errors import TransitionRefused
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Channel, Opportunity
from opportunities.workflow.available import allowed_actions
from opportunities.workflow.inputs import parse_inputs
from opportunities.workflow.transitions import apply_transition
from opportunities.workflow.undo import undo

# Each row is a transaction of its own, while the person waits.
MOST_ROWS = 500


@dataclass(frozen=True)
class RowResult:
    opportunity_id: int
    is_done: bool
    sentence: str
    """Its new state, or why it was skipped."""
    guard: str = ""
    """The rule that refused, or blank."""


def bulk_transition(
    opportunity_ids: Iterable[int],
    action: Action,
    *,
    by: User,
    params: Mapping[str, Any] | None = None,
    **inputs: str,
) -> list[RowResult]:
    """Return a result for each id, in their order and each once; a refusal stops no other.

    Args:
        inputs: reason, reason_code and request_id of apply_transition().
    """
    common: dict[str, Any] = {
        "params": parse_inputs(params or {}),
        "channel": Channel.BULK,
        **inputs,
    }
    return _each(opportunity_ids, lambda pk: apply_transition(pk, action, by=by, **common))


def bulk_undo(opportunity_ids: Iterable[int], *, by: User, request_id: str = "") -> list[RowResult]:
    """Undo the person's last action on each, as bulk_transition() applies one."""
    return _each(
        opportunity_ids, lambda pk: undo(pk, by=by, channel=Channel.BULK, request_id=request_id)
    )


def bulk_check(
    opportunity_ids: Iterable[int], actions: list[Action], *, by: User
) -> list[RowResult]:
    """Tell for each whether one of these actions is possible before its inputs are known."""
    wanted, access = list(dict.fromkeys(opportunity_ids)), access_of(by)
    rows = Opportunity.objects.visible_to(access).in_bulk(wanted)
    return [_checked(pk, rows.get(pk), actions, access) for pk in wanted]


def _checked(
    pk: int, row: Opportunity | None, actions: Collection[Action], access: UserAccess
) -> RowResult:
    if row is None:
        return RowResult(pk, False, f"There is no opportunity {pk}.", "visible")
    offers = allowed_actions(row, access, actions)
    if not offers:
        status = WorkflowStatus(row.workflow_status).label
        return RowResult(pk, False, f"Not possible while the state is {status}.", "state")
    best = next((each for each in offers if each.is_allowed), offers[0])
    return RowResult(pk, best.is_allowed, best.refusal or best.label, best.guard)


def _each(opportunity_ids: Iterable[int], act: Callable[[int], Opportunity]) -> list[RowResult]:
    wanted = list(dict.fromkeys(opportunity_ids))
    # A request may be one transaction: lock rows in the order in which a sync does.
    results = {pk: _result(pk, act) for pk in sorted(wanted)}
    return [results[pk] for pk in wanted]


def _result(pk: int, act: Callable[[int], Opportunity]) -> RowResult:
    try:
        row = act(pk)
    except TransitionRefused as refusal:
        return RowResult(pk, False, refusal.sentence, refusal.guard)
    return RowResult(pk, True, f"{WorkflowStatus(row.workflow_status).label}.")
