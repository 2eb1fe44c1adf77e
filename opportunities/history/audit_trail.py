"""Write events of the audit trail."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from audit.sources import Source, register_source
from opportunities.domain.fields import Use, names_for
from opportunities.history.outbox_events import put_into_outbox
from opportunities.lists.presentation import names_of
from opportunities.models import Opportunity, OpportunityEvent

AUDITED_FIELDS = names_for(Use.AUDIT)
"""An event has their changes, beside the SA's."""
PEOPLE = ("assigned_sa", "first_approved_by")
"""People are in an event by id, so that erasing a name changes no event."""
NOT_SHOWN = ("reply_to", "mentions", "sha256")
"""What is among the changes for the seal: a comment's [None, id of the first one of its thread] and
[[], ids of people], and the digest of a file."""


def audited_values(row: Opportunity) -> dict[str, Any]:
    return {
        "assigned_sa": row.assigned_sa_id,
        **{name: getattr(row, name) for name in AUDITED_FIELDS},
    }


def with_names(events: Sequence[OpportunityEvent]) -> Sequence[OpportunityEvent]:
    """Put names of people into the changes of these events, to show and not to store."""
    moved = [pair for event in events for name, pair in event.changes.items() if name in PEOPLE]
    moved += [event.changes["mentions"][1] for event in events if "mentions" in event.changes]
    # Older events have names; those without an account stay.
    names = names_of(who for pair in moved for who in pair if isinstance(who, int))
    for pair in moved:
        pair[:] = [names.get(who, who) for who in pair]
    return events


def differences(former: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return field -> (old, new) of the changed fields."""
    return {name: (old, now[name]) for name, old in former.items() if old != now[name]}


def write_event(
    row: Opportunity, action: str, *, from_status: str | None = None, **fields: Any
) -> OpportunityEvent:
    """Write an event about the row as it is now; `fields` are further fields of the event."""
    event = OpportunityEvent.objects.create(
        opportunity=row,
        action=action,
        from_status=from_status or row.workflow_status,
        to_status=row.workflow_status,
        **fields,
    )
    put_into_outbox([event])
    return event


def write_events(events: Iterable[OpportunityEvent]) -> list[OpportunityEvent]:
    """Write many, with as many statements for any number."""
    written = OpportunityEvent.objects.bulk_create(events)
    put_into_outbox(written)
    return written


def put_under_seal() -> None:
    """Seal events; people are in them by id, so that erasing a name breaks no seal."""
    register_source(
        Source(
            kind="event",
            name="Event",
            model=OpportunityEvent,
            at="at",
            deal="opportunity_id",
            fields=(
                *("opportunity_id", "at", "actor_id", "on_behalf_of_id", "action"),
                *("from_status", "to_status", "reason", "reason_code", "changes"),
                *("channel", "request_id"),
            ),
        )
    )
