"""Merge the entries of all sources into a timeline, newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import QuerySet, TextChoices

from opportunities import extensions
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.history.audit_trail import with_names
from opportunities.history.labels import field_in_words, value_in_words
from opportunities.lists.presentation import person
from opportunities.models import NonTransitionEvent, Opportunity, OpportunityEvent

MOST_SHOWN = 50


class Kind(TextChoices):
    MOVE = "move", "Moves"
    COMMENT = "comment", "Comments"
    NOTE = "note", "Notes and dates"
    CRM = "crm", "Changes in CRM"


@dataclass(frozen=True)
class Entry:
    at: datetime
    kind: Kind
    title: str
    who: str
    text: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    """(what, before, after), in words."""
    actor_id: int | None = None
    address: str = ""
    """A page with more details, for those with this permission."""
    permission: str = ""


@dataclass(frozen=True)
class Timeline:
    entries: list[Entry]
    total: int


@dataclass(frozen=True)
class Source:
    kinds: frozenset[Kind]
    read: Callable[[Opportunity, frozenset[Kind], int], Sequence[Entry]]
    """Reads so many of these kinds at most, newest first."""
    count: Callable[[Opportunity, frozenset[Kind]], int]


KIND_OF_EVENT: dict[str, Kind] = {
    NonTransitionEvent.COMMENT: Kind.COMMENT,
    NonTransitionEvent.CONDITION: Kind.MOVE,
    NonTransitionEvent.NOTES: Kind.NOTE,
    NonTransitionEvent.BID_DUE: Kind.NOTE,
    NonTransitionEvent.CRM_CHANGE: Kind.CRM,
}


def timeline_of(opportunity: Opportunity, kind: str = "", most: int = MOST_SHOWN) -> Timeline:
    """Return the timeline of one kind, or of all for a blank or unknown one."""
    kinds = frozenset([Kind(kind)] if kind in Kind.values else Kind)
    asked = [source for source in extensions.timeline.all() if source.kinds & kinds]
    entries = chain.from_iterable(source.read(opportunity, kinds, most) for source in asked)
    newest = sorted(entries, key=lambda entry: entry.at, reverse=True)[:most]
    return Timeline(newest, sum(source.count(opportunity, kinds) for source in asked))


def _events(opportunity: Opportunity, kinds: frozenset[Kind], most: int) -> list[Entry]:
    rows = _of_kinds(opportunity, kinds).select_related("actor", "on_behalf_of")
    return [entry_of(event) for event in with_names(list(rows[:most]))]


def _count(opportunity: Opportunity, kinds: frozenset[Kind]) -> int:
    return _of_kinds(opportunity, kinds).count()


def _of_kinds(opportunity: Opportunity, kinds: frozenset[Kind]) -> QuerySet[OpportunityEvent]:
    actions = [remark for remark, kind in KIND_OF_EVENT.items() if kind in kinds]
    moves = Action.values if Kind.MOVE in kinds else []
    return opportunity.events.filter(action__in=[*actions, *moves])


def entry_of(event: OpportunityEvent) -> Entry:
    return Entry(
        event.at,
        KIND_OF_EVENT.get(event.action, Kind.MOVE),
        event.get_action_display(),
        _who(event),
        ": ".join(filter(None, [event.reason_code, event.reason])),
        tuple(_changes(event)),
        event.actor_id,
    )


def _who(event: OpportunityEvent) -> str:
    if event.actor is None:
        return "the sync"
    name = person(event.actor)
    return f"{name} for {person(event.on_behalf_of)}" if event.on_behalf_of else name


def _changes(event: OpportunityEvent) -> list[tuple[str, str, str]]:
    moved = []
    if event.from_status != event.to_status:
        before, after = WorkflowStatus(event.from_status), WorkflowStatus(event.to_status)
        moved.append(("State", str(before.label), str(after.label)))
    fields = event.changes.items()
    return moved + [
        (field_in_words(name), value_in_words(name, old), value_in_words(name, new))
        for name, (old, new) in fields
    ]


extensions.timeline.register(Source(frozenset(Kind), _events, _count))
