"""Set the state of an opportunity and its clock."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field

from opportunities.domain import deadlines
from opportunities.domain.deadlines import Deadline
from opportunities.domain.states import Action, Target, Transition, WorkflowStatus
from opportunities.models import Opportunity

NEVER_RESTORED = ("lock_version", "before_last_move")


def status_after(row: Opportunity, transition: Transition) -> WorkflowStatus:
    match transition.target:
        case WorkflowStatus():
            return transition.target
        case Target.BEFORE_HOLD:
            return WorkflowStatus(row.status_before_hold or WorkflowStatus.NEW)
        case Target.WORK if row.is_unscored_decision and row.assigned_sa_id is None:
            return WorkflowStatus.NEW
        case Target.WORK:
            return WorkflowStatus.IN_ASSESSMENT
    return WorkflowStatus(row.workflow_status)


def set_state(row: Opportunity, after: WorkflowStatus, at: datetime) -> str:
    """Set the row's state; return the former one."""
    before = row.workflow_status
    if after != before:
        row.workflow_status, row.status_entered_at = after, at
    row.is_reopened = False
    row.lock_version += 1
    return before


def moved_values(row: Opportunity) -> dict[str, Any]:
    """Return what a transition may change, as JSON holds it; the version only ever grows."""
    names = (name for name in Opportunity.TRANSITION_FIELDS if name not in NEVER_RESTORED)
    fields = map(_column, names)
    return {field.name: _as_json(field.value_from_object(row)) for field in fields}


def restore(row: Opportunity) -> None:
    """Set the values from before the last action."""
    for name, value in (row.before_last_move or {}).items():
        field = _column(name)
        setattr(row, field.attname, field.to_python(value))
    row.before_last_move = None
    row.lock_version += 1


def _column(name: str) -> Field[Any, Any]:
    return Opportunity._meta.get_field(name)  # type: ignore[return-value]


def _as_json(value: Any) -> Any:
    return str(value) if isinstance(value, date | Decimal) else value


def set_clock(row: Opportunity, action: Action, after: WorkflowStatus, at: datetime) -> None:
    """Start, stop, pause or resume the clock, as the action demands."""
    match action:
        case Action.HOLD | Action.FIRST_APPROVAL | Action.ACCEPT_CRM_CHANGE:
            pass
        case Action.RESUME:
            _resume(row, at)
        case Action.START:
            # The days to submit are counted from the assignment.
            restart_clock(row, after, row.assigned_at or at)
        case _:
            restart_clock(row, after, at)


def restart_clock(row: Opportunity, status: str, start: datetime) -> None:
    row.clock_started_at = start
    _set(row, deadlines.deadline_of(status, start, row.bid_due_on))


def set_due(row: Opportunity, day: date, at: datetime) -> None:
    """Let it be due at the end of a day: conditions have dates of their own."""
    row.clock_started_at = at
    _set(row, deadlines.deadline_at(deadlines.work_calendar().end_of(day), at))


def follow_bid_due_date(row: Opportunity) -> None:
    """Restart the running clock with the customer's date, which may shorten it."""
    if row.workflow_status in deadlines.SHORTENED:
        restart_clock(row, row.workflow_status, row.clock_started_at)


def _resume(row: Opportunity, at: datetime) -> None:
    if row.held_at:
        former = Deadline(row.due_at, row.due_soon_at)
        _set(row, deadlines.moved_by_pause(former, row.held_at, at))
        row.clock_started_at = (
            deadlines.moved_by_pause(Deadline(row.clock_started_at, None), row.held_at, at).due_at
            or at
        )
    row.status_before_hold, row.held_at, row.hold_review_on = "", None, None


def _set(row: Opportunity, deadline: Deadline) -> None:
    row.due_at, row.due_soon_at = deadline.due_at, deadline.due_soon_at
