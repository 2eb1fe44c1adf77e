"""One action for many opportunities: each through the same door, by itself, with its own answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from opportunities.asking import understood
from opportunities.models import Channel
from opportunities.refusals import TransitionRefused
from opportunities.transitions import move
from opportunities.workflow import Action, WorkflowStatus


@dataclass(frozen=True)
class RowResult:
    opportunity_id: int
    is_done: bool
    sentence: str
    """Where it is now, or why it was skipped."""
    guard: str = ""
    """The rule that refused, or blank."""


def bulk_move(
    opportunity_ids: Iterable[int],
    action: Action,
    *,
    by: User,
    reason: str = "",
    reason_code: str = "",
    params: Mapping[str, Any] | None = None,
    request_id: str = "",
) -> list[RowResult]:
    """Carry out what can be; the answers come in the order of the ids, each id once."""
    said = {
        "reason": reason,
        "reason_code": reason_code,
        "params": understood(params or {}),
        "request_id": request_id,
        "channel": Channel.BULK,
    }
    asked = list(dict.fromkeys(opportunity_ids))
    # Where all of it is one transaction, rows are locked in the order in which a sync locks them.
    results = {pk: _move_one(pk, action, by, said) for pk in sorted(asked)}
    return [results[pk] for pk in asked]


def _move_one(pk: int, action: Action, by: User, said: dict[str, Any]) -> RowResult:
    try:
        row = move(pk, action, by=by, **said)
    except TransitionRefused as refusal:
        return RowResult(pk, False, refusal.sentence, refusal.guard)
    return RowResult(pk, True, f"{WorkflowStatus(row.workflow_status).label}.")
