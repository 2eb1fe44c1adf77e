"""What happened to an opportunity, newest first, from every source that knows of something."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import QuerySet, TextChoices

from opportunities.models import Opportunity, OpportunityEvent, Remark
from opportunities.presentation import person
from opportunities.wording import field_in_words, value_in_words
from opportunities.workflow import Action, WorkflowStatus

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
    """Where more is told of it, for those with this permission."""
    permission: str = ""


@dataclass(frozen=True)
class Timeline:
    entries: list[Entry]
    total: int


@dataclass(frozen=True)
class Source:
    kinds: frozenset[Kind]
    read: Callable[[Opportunity, frozenset[Kind], int], Sequence[Entry]]
    """At most so many of these kinds, newest first."""
    count: Callable[[Opportunity, frozenset[Kind]], int]


_sources: list[Source] = []
KIND_OF_REMARK: dict[str, Kind] = {
    Remark.COMMENT: Kind.COMMENT,
    Remark.CONDITION: Kind.MOVE,
    Remark.NOTES: Kind.NOTE,
    Remark.BID_DUE: Kind.NOTE,
    Remark.CRM_CHANGE: Kind.CRM,
}


def register_source(source: Source) -> None:
    _sources.append(source)


def timeline_of(opportunity: Opportunity, kind: str = "", most: int = MOST_SHOWN) -> Timeline:
    """Of one kind, or with a blank or unknown one of all."""
    kinds = frozenset([Kind(kind)] if kind in Kind.values else Kind)
    asked = [source for source in _sources if source.kinds & kinds]
    entries = chain.from_iterable(source.read(opportunity, kinds, most) for source in asked)
    newest = sorted(entries, key=lambda entry: entry.at, reverse=True)[:most]
    return Timeline(newest, sum(source.count(opportunity, kinds) for source in asked))


def _events(opportunity: Opportunity, kinds: frozenset[Kind], most: int) -> list[Entry]:
    rows = _of_kinds(opportunity, kinds).select_related("actor", "on_behalf_of")
    return [entry_of(event) for event in rows[:most]]


def _count(opportunity: Opportunity, kinds: frozenset[Kind]) -> int:
    return _of_kinds(opportunity, kinds).count()


def _of_kinds(opportunity: Opportunity, kinds: frozenset[Kind]) -> QuerySet[OpportunityEvent]:
    actions = [remark for remark, kind in KIND_OF_REMARK.items() if kind in kinds]
    moves = Action.values if Kind.MOVE in kinds else []
    return opportunity.events.filter(action__in=[*actions, *moves])


def entry_of(event: OpportunityEvent) -> Entry:
    return Entry(
        event.at,
        KIND_OF_REMARK.get(event.action, Kind.MOVE),
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
        (_word(name), value_in_words(name, old), value_in_words(name, new))
        for name, (old, new) in fields
    ]


def _word(name: str) -> str:
    words = field_in_words(name).replace("_", " ")
    return words[0].upper() + words[1:]


register_source(Source(frozenset(Kind), _events, _count))
