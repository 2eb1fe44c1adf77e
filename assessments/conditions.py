"""The conditions of a conditional bid: named with the decision, and settled one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from assessments.models import Condition, ConditionState, Decision
from opportunities.models import Channel, Opportunity, Remark
from opportunities.progress import set_due
from opportunities.refusals import Forbidden, GuardFailed
from opportunities.roles import Standing, standing_of
from opportunities.trail import write_event
from opportunities.transitions import locked
from opportunities.workflow import Guard, WorkflowStatus


@dataclass(frozen=True)
class NamedCondition:
    text: str
    owner: User
    due_on: date


def named_conditions(sent: Any, today: date) -> list[NamedCondition]:
    """Read {text, owner, due_on} each; the owner is a User or an id, the date may be ISO text.

    Raises: GuardFailed, naming the first one that is not whole.
    """
    if not isinstance(sent, list | tuple) or not sent:
        raise _refusal("Name at least one condition, with its owner and due date.")
    return [_read(number, each, today) for number, each in enumerate(sent, start=1)]


def _read(number: int, sent: Any, today: date) -> NamedCondition:
    said = sent if isinstance(sent, Mapping) else {}
    text = str(said.get("text") or "").strip()
    owner, due_on = _owner(said.get("owner")), _day(said.get("due_on"))
    if not text:
        raise _refusal(f"Say what condition {number} is.")
    if owner is None or not owner.is_active:
        raise _refusal(f"Name an active person as owner of condition {number}.")
    if due_on is None or due_on < today:
        raise _refusal(f"Give condition {number} a due date, as 2027-03-31, that is not past.")
    return NamedCondition(text, owner, due_on)


def _owner(who: Any) -> User | None:
    if isinstance(who, User) or who is None:
        return who
    try:
        return User.objects.filter(pk=who).first()
    except (TypeError, ValueError):
        return None


def _day(day: Any) -> date | None:
    try:
        return day if isinstance(day, date) else date.fromisoformat(day)
    except (TypeError, ValueError):
        return None


def conditions_of(opportunity: Opportunity) -> list[Condition]:
    """Those of the decision that counts now."""
    latest = Decision.objects.filter(opportunity=opportunity).first()
    return list(latest.conditions.select_related("owner", "settled_by")) if latest else []


def settlements(
    condition: Condition, opportunity: Opportunity, standing: Standing
) -> tuple[ConditionState, ...]:
    """Return what this person may say of a condition of the decision that counts now."""
    counts = opportunity.workflow_status == WorkflowStatus.CONDITIONAL and _is_open(condition)
    return _rights(condition, opportunity, standing) if counts else ()


def settlements_on(opportunity: Opportunity, by: User) -> dict[int, tuple[ConditionState, ...]]:
    """The same of each of its conditions, by id."""
    if opportunity.workflow_status != WorkflowStatus.CONDITIONAL:
        return {}
    standing = standing_of(by)
    conditions = conditions_of(opportunity)
    return {each.pk: settlements(each, opportunity, standing) for each in conditions}


def _rights(
    condition: Condition | None, opportunity: Opportunity, standing: Standing
) -> tuple[ConditionState, ...]:
    if not standing.user.is_active:
        return ()
    if standing.runs_desk_for(opportunity):
        return (ConditionState.MET, ConditionState.WAIVED)
    is_owner = condition is not None and condition.owner_id == standing.user.pk
    return (ConditionState.MET,) if is_owner else ()


def next_due_on(conditions: list[Condition]) -> date | None:
    return min((each.due_on for each in conditions if _is_open(each)), default=None)


@transaction.atomic
def condition_settle(
    *,
    condition: Condition | int,
    state: ConditionState,
    by: User,
    channel: Channel,
    reason: str = "",
    request_id: str = "",
) -> Condition:
    """Say that it is met, or waive it, with the reason; the clock goes on to the next one due.

    Raises: TransitionRefused, of the kind that tells why.
    """
    pk = condition.pk if isinstance(condition, Condition) else condition
    found = Condition.objects.select_related("decision").filter(pk=pk).first()
    if found is None:
        raise GuardFailed("condition there", f"There is no condition {pk}.")
    standing = standing_of(by)
    row = locked(found.decision.opportunity_id, standing)
    current = {each.pk: each for each in conditions_of(row)}
    _check_settles(row, current.get(found.pk), ConditionState(state), standing, reason)
    settled = current[found.pk]
    settled.state, settled.reason = ConditionState(state), reason.strip()
    settled.settled_by, settled.settled_at = by, timezone.now()
    settled.save(update_fields=Condition.FREE_FIELDS)
    _follow_clock(row, list(current.values()))
    _write_event(row, settled, by, channel, request_id)
    return settled


def _check_settles(
    row: Opportunity,
    condition: Condition | None,
    state: ConditionState,
    standing: Standing,
    reason: str,
) -> None:
    # Who may waive runs the desk, and is told below what is wrong with anything else.
    if not {state, ConditionState.WAIVED} & {*_rights(condition, row, standing)}:
        whom = "an SA lead of the practice or a bid manager"
        raise Forbidden("right", f"Conditions are settled by {whom}; its owner can say it is met.")
    if condition is None or row.workflow_status != WorkflowStatus.CONDITIONAL:
        raise _refusal("This condition no longer counts: the opportunity has moved on.")
    if not _is_open(condition):
        raise _refusal(f"It is {condition.get_state_display().lower()} already.")
    if state == ConditionState.OPEN:
        raise _refusal("Say whether it is met or waived.")
    if state == ConditionState.WAIVED and not reason.strip():
        raise _refusal("Give the reason for waiving it.")


def _is_open(condition: Condition) -> bool:
    return condition.state == ConditionState.OPEN


def _follow_clock(row: Opportunity, conditions: list[Condition]) -> None:
    """Once all are settled the last date stays: somebody still has to conclude."""
    due_on = next_due_on(conditions)
    if due_on:
        set_due(row, due_on, row.clock_started_at)
    row.lock_version += 1
    row.save(update_fields=["lock_version", "clock_started_at", "due_at", "due_soon_at"])


def _write_event(
    row: Opportunity, condition: Condition, by: User, channel: Channel, request_id: str
) -> None:
    write_event(
        row,
        Remark.CONDITION,
        by=by,
        at=timezone.now(),
        channel=channel,
        reason=f"{condition.get_state_display()}: {condition.text}"
        + (f" ({condition.reason})" if condition.reason else ""),
        changes={"condition": (ConditionState.OPEN.label, condition.get_state_display())},
        request_id=request_id,
    )


def _refusal(sentence: str) -> GuardFailed:
    return GuardFailed(Guard.CONDITIONS_NAMED, sentence)
