"""Name the conditions of a conditional bid, and settle them one by one."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from assessments.models import Condition, ConditionState, Decision
from opportunities.access.roles import UserAccess, access_of
from opportunities.domain.errors import Forbidden, GuardFailed
from opportunities.domain.states import DESK, Guard, WorkflowStatus
from opportunities.history.audit_trail import write_event
from opportunities.models import Channel, NonTransitionEvent, Opportunity
from opportunities.workflow.state import set_due
from opportunities.workflow.transitions import locked


class NamedConditionForm(forms.Form):
    text = forms.CharField()
    owner = forms.ModelChoiceField(User.objects.filter(is_active=True))
    due_on = forms.DateField(input_formats=["%Y-%m-%d"])


PROBLEMS = {
    "text": "Describe condition {}.",
    "owner": "Choose an active person as owner of condition {}.",
    "due_on": "Give condition {} a due date like 2027-03-31, today or later.",
}


def named_conditions(sent: Any, today: date) -> list[dict[str, Any]]:
    """Parse {text, owner, due_on} each; the owner is a User or an id, the date may be ISO text.

    Raises: GuardFailed, naming the first condition that is incomplete.
    """
    if not isinstance(sent, list | tuple) or not sent:
        raise _refusal("Add at least one condition with an owner and a due date.")
    named = []
    for number, each in enumerate(sent, start=1):
        fields = dict(each) if isinstance(each, Mapping) else {}
        form = NamedConditionForm(fields | {"due_on": str(fields.get("due_on"))})
        if form.is_valid() and form.cleaned_data["due_on"] < today:
            form.add_error("due_on", "past")
        for name in form.fields:
            if name in form.errors:
                raise _refusal(PROBLEMS[name].format(number))
        named.append(form.cleaned_data)
    return named


def conditions_of(opportunity: Opportunity) -> list[Condition]:
    """Return the conditions of the latest decision, the one that counts."""
    latest = Decision.objects.standing(opportunity).first()
    return conditions_in(latest) if latest else []


def conditions_in(decision: Decision) -> list[Condition]:
    return list(decision.conditions.select_related("owner", "settled_by"))


def waiting_conditions() -> QuerySet[Condition]:
    """Return the open ones of last decisions, while these count, with their opportunities."""
    later = Decision.objects.filter(
        opportunity=OuterRef("decision__opportunity"), pk__gt=OuterRef("decision")
    )
    waiting = Condition.objects.filter(
        ~Exists(later),
        state=ConditionState.OPEN,
        decision__opportunity__workflow_status=WorkflowStatus.CONDITIONAL,
    )
    return waiting.select_related("decision__opportunity")


def with_open_condition(**owner: Any) -> QuerySet[Condition, Any]:
    """Return the ids of the opportunities whose last decision waits for such an owner."""
    is_theirs = {f"owner__{name}": value for name, value in owner.items()}
    return waiting_conditions().filter(**is_theirs).order_by().values("decision__opportunity")


def settlements_of(
    conditions: Iterable[Condition], opportunity: Opportunity, by: User
) -> dict[int, tuple[ConditionState, ...]]:
    """Return the states in which this person may put each open one of the conditions that count."""
    if opportunity.workflow_status != WorkflowStatus.CONDITIONAL:
        return {}
    access = access_of(by)
    return {each.pk: _rights(each, opportunity, access) for each in conditions if _is_open(each)}


def _rights(
    condition: Condition | None, opportunity: Opportunity, access: UserAccess
) -> tuple[ConditionState, ...]:
    if not access.user.is_active:
        return ()
    if access.runs_desk_for(opportunity):
        return (ConditionState.MET, ConditionState.WAIVED)
    is_owner = condition is not None and condition.owner_id in access.queues
    return (ConditionState.MET,) if is_owner else ()


@transaction.atomic
def condition_settle(
    *,
    condition: Condition | int,
    state: ConditionState,
    by: User,
    channel: Channel,
    reason: str = "",
    request_id: str = "",
    at: datetime | None = None,
) -> Condition:
    """Mark it as met, or waive it with a reason; the clock moves to the next one due.

    Raises: TransitionRefused.
    """
    pk = condition.pk if isinstance(condition, Condition) else condition
    found = Condition.objects.select_related("decision").filter(pk=pk).first()
    if found is None:
        raise GuardFailed("condition_exists", f"Condition {pk} does not exist.")
    access = access_of(by)
    row = locked(found.decision.opportunity_id, access)
    current = {each.pk: each for each in conditions_of(row)}
    _check_settles(row, current.get(found.pk), ConditionState(state), access, reason)
    settled = current[found.pk]
    settled.state, settled.reason = ConditionState(state), reason.strip()
    settled.settled_by, settled.settled_at = by, at or timezone.now()
    settled.save(update_fields=Condition.FREE_FIELDS)
    _follow_clock(row, list(current.values()))
    label = settled.get_state_display()
    write_event(
        row,
        NonTransitionEvent.CONDITION,
        actor=by,
        at=settled.settled_at,
        channel=channel,
        on_behalf_of=_whom_it_is_done_for(settled, row, access),
        reason=f"{label}: {settled.text}" + (f" ({settled.reason})" if settled.reason else ""),
        changes={"condition": (ConditionState.OPEN.label, label)},
        request_id=request_id,
    )
    return settled


def _whom_it_is_done_for(condition: Condition, row: Opportunity, access: UserAccess) -> User | None:
    if condition.owner_id == access.user.pk:
        return None
    owners = [each.user for each in access.away if each.user.pk == condition.owner_id]
    return access.stands_in_for(DESK, row) or next(
        (each for each in owners if not access.runs_desk_for(row)), None
    )


def _check_settles(
    row: Opportunity,
    condition: Condition | None,
    state: ConditionState,
    access: UserAccess,
    reason: str,
) -> None:
    # Whoever may waive gets the more precise refusals below.
    if not {state, ConditionState.WAIVED} & {*_rights(condition, row, access)}:
        whom = "an SA lead of the practice or a bid manager"
        raise Forbidden(
            "right", f"Only {whom} can settle conditions. Owners can mark theirs as met."
        )
    if condition is None or row.workflow_status != WorkflowStatus.CONDITIONAL:
        raise _refusal("This condition no longer counts, because the opportunity has moved on.")
    if not _is_open(condition):
        raise _refusal(f"It is already {condition.get_state_display().lower()}.")
    if state == ConditionState.OPEN:
        raise _refusal("Mark it as met or waived.")
    if state == ConditionState.WAIVED and not reason.strip():
        raise _refusal("Give the reason for waiving it.")


def _is_open(condition: Condition) -> bool:
    return condition.state == ConditionState.OPEN


def _follow_clock(row: Opportunity, conditions: list[Condition]) -> None:
    """Set the next due date; the last one stays, as somebody still has to conclude."""
    if due_dates := [each.due_on for each in conditions if _is_open(each)]:
        set_due(row, min(due_dates), row.clock_started_at)
    row.lock_version += 1
    row.save(update_fields=["lock_version", "clock_started_at", "due_at", "due_soon_at"])


def _refusal(sentence: str) -> GuardFailed:
    return GuardFailed(Guard.CONDITIONS_NAMED, sentence)
