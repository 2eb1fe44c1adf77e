"""What the CRM's news mean for the workflow; called by the sync, in its page's transaction.

A page costs a fixed number of queries, and only where something closed, reopened or moved.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Q, QuerySet

from opportunities import signals
from opportunities.deadlines import CLOCKED, deadline_of
from opportunities.material import WATCHED, as_told, material_changes
from opportunities.models import Channel, Opportunity, OpportunityEvent, Remark
from opportunities.notices import write_notices
from opportunities.workflow import RELIED_ON, Action, WorkflowStatus


@dataclass(frozen=True, slots=True)
class CrmNews:
    """What a sync changed on a row that was there, written but for the workflow."""

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


def follow_crm(news: Iterable[CrmNews], at: datetime) -> None:
    """Close, reopen and flag; one event for each."""
    known = list(news)
    moved = [each for each in known if "workflow_status" in each.diff]
    closed = [each for each in moved if each.status == WorkflowStatus.CLOSED_IN_CRM]
    reopened = [each for each in moved if each.status != WorkflowStatus.CLOSED_IN_CRM]
    # While it was closed nobody relied on it, so what moved then is looked at now.
    changed = [each for each in known if each in reopened or _is_watched(each)]
    if closed:
        closed_in_crm(closed, at)
    if reopened:
        reopened_in_crm(reopened, at)
    if changed:
        changed_in_crm(changed, at)


def _is_watched(news: CrmNews) -> bool:
    return not news.diff.keys().isdisjoint(WATCHED)


def closed_in_crm(news: Sequence[CrmNews], at: datetime) -> None:
    _rows(news).exclude(workflow_status=WorkflowStatus.CLOSED_IN_CRM).update(
        status_before_close=F("workflow_status"),
        workflow_status=WorkflowStatus.CLOSED_IN_CRM,
        status_entered_at=at,
        is_reopened=False,
        lock_version=F("lock_version") + 1,
    )
    _write_events(Action.CLOSE_FROM_CRM, news, at)
    signals.closed_in_crm.send(Opportunity, ids=[each.opportunity_id for each in news])


def reopened_in_crm(news: Sequence[CrmNews], at: datetime) -> None:
    """Each to its own former state, whose clock begins anew; a hold stays one."""
    for status in {each.status for each in news}:
        back = [each for each in news if each.status == status]
        _rows(back).update(
            workflow_status=status,
            status_before_close="",
            status_entered_at=at,
            is_reopened=True,
            lock_version=F("lock_version") + 1,
            **_clock_of(status, at),
        )
    events = _write_events(Action.REOPEN_FROM_CRM, news, at)
    signals.reopened_in_crm.send(Opportunity, ids=[each.opportunity_id for each in news])
    write_notices(*events)


def _clock_of(status: str, at: datetime) -> dict[str, Any]:
    """Conditions keep their date, and a hold the clock that it pauses."""
    if status not in CLOCKED or status == WorkflowStatus.CONDITIONAL:
        return {}
    deadline = deadline_of(status, at)
    return {
        "clock_started_at": at,
        "due_at": deadline.due_at,
        "due_soon_at": deadline.due_soon_at,
    }


def changed_in_crm(news: Sequence[CrmNews], at: datetime) -> None:
    """Flag what was submitted or decided on other facts; its state stays."""
    diffs = {each.opportunity_id: each.diff for each in news}
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
    events = OpportunityEvent.objects.bulk_create(_change_event(row, at) for row in flagged)
    write_notices(*events)


def _flag(row: Opportunity, diff: Mapping[str, tuple[Any, Any]], at: datetime) -> bool:
    """Whether what has moved too far is no longer the same; the row then says what."""
    known = {each["field"]: each for each in row.requalification_changes}
    now = {name: getattr(row, name) for name in WATCHED}
    found = [
        {"field": name, "old": old, "new": new, "at": known.get(name, {}).get("at", at)}
        for name, old, new in material_changes(_facts_of(row, diff, known), now)
    ]
    changes = _as_json(found)
    if changes == row.requalification_changes:
        return False
    row.requalification_changes, row.needs_requalification = changes, bool(changes)
    row.lock_version += 1
    return True


def _facts_of(
    row: Opportunity, diff: Mapping[str, tuple[Any, Any]], known: Mapping[str, Any]
) -> dict[str, Any]:
    """Of the submission, or of the time before the CRM changed them, where none were kept."""
    if row.facts_at_submission:
        return dict(row.facts_at_submission)
    now = {name: getattr(row, name) for name in WATCHED}
    before = {name: old for name, (old, _) in diff.items()}
    return {**now, **before, **{name: each["old"] for name, each in known.items()}}


def _change_event(row: Opportunity, at: datetime) -> OpportunityEvent:
    moved = as_told(row.requalification_changes)
    return OpportunityEvent(
        opportunity=row,
        action=Remark.CRM_CHANGE,
        at=at,
        from_status=row.workflow_status,
        to_status=row.workflow_status,
        reason="" if moved else "The CRM is back near what was submitted.",
        changes=moved,
        channel=Channel.SYNC,
    )


def _as_json(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _rows(news: Iterable[CrmNews]) -> QuerySet[Opportunity]:
    return Opportunity.objects.filter(pk__in=[each.opportunity_id for each in news])


def _write_events(action: Action, news: Iterable[CrmNews], at: datetime) -> list[OpportunityEvent]:
    return OpportunityEvent.objects.bulk_create(
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
        for each in news
    )
