"""Writes the audit trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from opportunities.models import Channel, Opportunity, OpportunityEvent

TOLD = ("decision", "is_unscored_decision", "hold_review_on", "bid_due_on", "sa_notes")
"""Whose moves stand in the event, beside the SA's name."""


def told_fields(row: Opportunity) -> dict[str, Any]:
    """A person by name: it has to be readable when the account is gone."""
    sa = row.assigned_sa.get_username() if row.assigned_sa else None
    return {"assigned_sa": sa, **{name: getattr(row, name) for name in TOLD}}


def differences(former: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """field -> (old, new), of the fields that moved."""
    return {name: (old, now[name]) for name, old in former.items() if old != now[name]}


def write_event(
    row: Opportunity,
    action: str,
    *,
    by: User | None,
    at: datetime,
    channel: Channel,
    from_status: str | None = None,
    reason: str = "",
    reason_code: str = "",
    on_behalf_of: User | None = None,
    changes: Mapping[str, Any] | None = None,
    request_id: str = "",
) -> OpportunityEvent:
    return OpportunityEvent.objects.create(
        opportunity=row,
        action=action,
        actor=by,
        on_behalf_of=on_behalf_of,
        at=at,
        from_status=from_status or row.workflow_status,
        to_status=row.workflow_status,
        reason=reason,
        reason_code=reason_code,
        changes=dict(changes or {}),
        channel=channel,
        request_id=request_id,
    )
