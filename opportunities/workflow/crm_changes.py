"""Close, reopen and flag opportunities as the CRM changed them, in the sync's transaction.

A page costs a fixed number of queries, and only where something closed, reopened or moved.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Q, QuerySet

from opportunities import extensions
from opportunities.domain.deadlines import CLOCKED, deadline_of
from opportunities.domain.material import WATCHED, as_pairs, material_changes
from opportunities.domain.states import RELIED_ON, Action, WorkflowStatus
from opportunities.history.audit_trail import write_events
from opportunities.models import Channel, NonTransitionEvent, Opportunity, OpportunityEvent


@dataclass(frozen=True, slots=True)
class CrmChanges:
    """A row's changes by a sync, written but for its workflow."""

    opportunity_id: int
    remote_id: str
    diff: Mapping[str, tuple[Any, Any]]
    """field -> (old, new); `workflow_status` among them where the CRM moves it."""

    @property
    def former(self) -> str:
        return str(self.diff["workflow_status"][0])

    @property
    def status(self) -> str:
        return str(self.diff["workflow_status"][1])


def follow_crm(changes: Iterable[CrmChanges], at: datetime) -> None:
    """Close, reopen and flag; write one event for each."""
    known = list(changes)
    moved = [each for each in known if "workflow_status" in each.diff]
    closed = [each for each in moved if each.status == WorkflowStatus.CLOSED_IN_CRM]
    reopened = [each for each in moved if each.status != WorkflowStatus.CLOSED_IN_CRM]
    # Nobody relied on it while it was closed, so changes of that time are judged now.
    changed = [each for each in known if each in reopened or _is_watched(each)]
    if closed:
        closed_in_crm(closed, at)
    if reopened:
        reopened_in_crm(reopened, at)
    if changed:
        changed_in_crm(changed, at)


def _is_watched(change: CrmChanges) -> bool:
    return not change.diff.keys().isdisjoint(WATCHED)


def closed_in_crm(changed: Sequence[CrmChanges], at: datetime) -> None:
    _rows(changed).exclude(workflow_status=WorkflowStatus.CLOSED_IN_CRM).update(
        status_before_close=F("workflow_status"),
        workflow_status=WorkflowStatus.CLOSED_IN_CRM,
        status_entered_at=at,
        is_reopened=False,
        lock_version=F("lock_version") + 1,
    )
    _write_moves(Action.CLOSE_FROM_CRM, changed, at)
    for react in extensions.closed_in_crm.all():
        react([each.opportunity_id for each in changed])


def reopened_in_crm(changed: Sequence[CrmChanges], at: datetime) -> None:
    """Return each to its former state and restart its clock; a hold stays a hold."""
    for status in {each.status for each in changed}:
        back = [each for each in changed if each.status == status]
        _rows(back).update(
            workflow_status=status,
            status_before_close="",
            status_entered_at=at,
            is_reopened=True,
            lock_version=F("lock_version") + 1,
            **_clock_of(status, at),
        )
    _write_moves(Action.REOPEN_FROM_CRM, changed, at)
    for react in extensions.reopened_in_crm.all():
        react([each.opportunity_id for each in changed])


def _clock_of(status: str, at: datetime) -> dict[str, Any]:
    """Restart no clock of conditions, which keep their date, nor of a hold, which pauses it."""
    if status not in CLOCKED or status == WorkflowStatus.CONDITIONAL:
        return {}
    deadline = deadline_of(status, at)
    return {"clock_started_at": at, "due_at": deadline.due_at, "due_soon_at": deadline.due_soon_at}


def changed_in_crm(changed: Sequence[CrmChanges], at: datetime) -> None:
    """Flag what was submitted or decided on other facts; leave its state."""
    diffs = {each.opportunity_id: each.diff for each in changed}
    relied_on = Q(workflow_status__in=RELIED_ON) | Q(
        workflow_status=WorkflowStatus.ON_HOLD, status_before_hold__in=RELIED_ON
    )
    rows = Opportunity.objects.filter(relied_on, pk__in=diffs)
    flagged = [row for row in rows if _flag(row, diffs[row.pk], at)]
    if not flagged:
        return
    Opportunity.objects.bulk_update(
        flagged, ["needs_requalification", "requalification_changes", "lock_version"]
    )
    write_events(_change_event(row, at) for row in flagged)


def _flag(row: Opportunity, diff: Mapping[str, tuple[Any, Any]], at: datetime) -> bool:
    """Note the material changes on the row; return whether they differ from those noted before."""
    known = {each["field"]: each for each in row.requalification_changes}
    now = {name: getattr(row, name) for name in WATCHED}
    found = [
        {"field": name, "old": old, "new": new, "at": known.get(name, {}).get("at", at)}
        for name, old, new in material_changes(_facts_of(row, diff, known), now)
    ]
    changes = _as_json(found)
    # Their order is not stored for good: it follows the catalogue.
    if as_pairs(changes) == as_pairs(row.requalification_changes):
        return False
    row.requalification_changes, row.needs_requalification = changes, bool(changes)
    row.lock_version += 1
    return True


def _facts_of(
    row: Opportunity, diff: Mapping[str, tuple[Any, Any]], known: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the facts kept at submission, or else those before the CRM changed them."""
    if row.facts_at_submission:
        return dict(row.facts_at_submission)
    now = {name: getattr(row, name) for name in WATCHED}
    before = {name: old for name, (old, _) in diff.items()}
    return {**now, **before, **{name: each["old"] for name, each in known.items()}}


def _change_event(row: Opportunity, at: datetime) -> OpportunityEvent:
    moved = as_pairs(row.requalification_changes)
    return OpportunityEvent(
        opportunity=row,
        action=NonTransitionEvent.CRM_CHANGE,
        at=at,
        from_status=row.workflow_status,
        to_status=row.workflow_status,
        reason="" if moved else "The CRM is close to the submitted values again.",
        changes=moved,
        channel=Channel.SYNC,
    )


def _as_json(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _rows(changed: Iterable[CrmChanges]) -> QuerySet[Opportunity]:
    return Opportunity.objects.filter(pk__in=[each.opportunity_id for each in changed])


def _write_moves(
    action: Action, changed: Iterable[CrmChanges], at: datetime
) -> list[OpportunityEvent]:
    return write_events(
        OpportunityEvent(
            opportunity_id=each.remote_id,
            action=action,
            at=at,
            from_status=each.former,
            to_status=each.status,
            changes={
                name: [old, new] for name, (old, new) in each.diff.items() if name == "crm_status"
            },
            channel=Channel.SYNC,
        )
        for each in changed
    )
