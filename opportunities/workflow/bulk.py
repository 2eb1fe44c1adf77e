"""Apply one action to many opportunities, each in its own transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from opportunities.domain.errors import TransitionRefused
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Channel
from opportunities.workflow.inputs import parse_inputs
from opportunities.workflow.transitions import apply_transition

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
    common = {"params": parse_inputs(params or {}), "channel": Channel.BULK, **inputs}
    wanted = list(dict.fromkeys(opportunity_ids))
    # A request may be one transaction: lock rows in the order in which a sync does.
    results = {pk: _move_one(pk, action, by, common) for pk in sorted(wanted)}
    return [results[pk] for pk in wanted]


def _move_one(pk: int, action: Action, by: User, inputs: dict[str, Any]) -> RowResult:
    try:
        row = apply_transition(pk, action, by=by, **inputs)
    except TransitionRefused as refusal:
        return RowResult(pk, False, refusal.sentence, refusal.guard)
    return RowResult(pk, True, f"{WorkflowStatus(row.workflow_status).label}.")
