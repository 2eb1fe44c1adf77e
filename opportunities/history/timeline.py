"""Merge the entries of all sources into a timeline, newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import QuerySet, TextChoices

from opportunities import extensions
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.history.audit_trail import NOT_SHOWN, with_names
from opportunities.history.labels import field_in_words, value_in_words
from opportunities.lists.presentation import person
from opportunities.models import NonTransitionEvent, Opportunity, OpportunityEvent

MOST_SHOWN = 50


class EntryKind(TextChoices):
    ACTION = "action", "Actions"
    COMMENT = "comment", "Comments"
    NOTE = "note", "Notes and dates"
    CRM = "crm", "Changes in CRM"


@dataclass(frozen=True)
class Entry:
    at: datetime
    kind: EntryKind
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
    kinds: frozenset[EntryKind]
    read: Callable[[Opportunity, frozenset[EntryKind], int], Sequence[Entry]]
    """Reads so many of these kinds at most, newest first."""
    count: Callable[[Opportunity, frozenset[EntryKind]], int]


ENTRY_KINDS: dict[str, EntryKind] = {
    NonTransitionEvent.COMMENT: EntryKind.COMMENT,
    NonTransitionEvent.CONDITION: EntryKind.ACTION,
    NonTransitionEvent.UNDO: EntryKind.ACTION,
    NonTransitionEvent.ATTACH: EntryKind.ACTION,
    NonTransitionEvent.DETACH: EntryKind.ACTION,
    NonTransitionEvent.REVIEW: EntryKind.ACTION,
    NonTransitionEvent.NOTES: EntryKind.NOTE,
    NonTransitionEvent.BID_DUE: EntryKind.NOTE,
    NonTransitionEvent.PRIORITY: EntryKind.NOTE,
    NonTransitionEvent.CRM_CHANGE: EntryKind.CRM,
}


def timeline_of(opportunity: Opportunity, kind: str = "", most: int = MOST_SHOWN) -> Timeline:
    """Return the timeline of one kind, or of all for a blank or unknown one."""
    kinds = frozenset([EntryKind(kind)] if kind in EntryKind.values else EntryKind)
    asked = [source for source in extensions.timeline.all() if source.kinds & kinds]
    entries = chain.from_iterable(source.read(opportunity, kinds, most) for source in asked)
    newest = sorted(entries, key=lambda entry: entry.at, reverse=True)[:most]
    return Timeline(newest, sum(source.count(opportunity, kinds) for source in asked))


def _events(opportunity: Opportunity, kinds: frozenset[EntryKind], most: int) -> list[Entry]:
    rows = _of_kinds(opportunity, kinds).select_related("actor", "on_behalf_of")
    return [entry_of(event) for event in with_names(list(rows[:most]))]


def _count(opportunity: Opportunity, kinds: frozenset[EntryKind]) -> int:
    return _of_kinds(opportunity, kinds).count()


def _of_kinds(opportunity: Opportunity, kinds: frozenset[EntryKind]) -> QuerySet[OpportunityEvent]:
    events = [event for event, kind in ENTRY_KINDS.items() if kind in kinds]
    actions = Action.values if EntryKind.ACTION in kinds else []
    return opportunity.events.filter(action__in=[*events, *actions])


def entry_of(event: OpportunityEvent) -> Entry:
    return Entry(
        event.at,
        ENTRY_KINDS.get(event.action, EntryKind.ACTION),
        event.get_action_display(),
        _who(event),
        _reason(event),
        tuple(_changes(event)),
        event.actor_id,
    )


def _reason(event: OpportunityEvent) -> str:
    if event.action == NonTransitionEvent.UNDO:  # Its code is the action that the reason names.
        return event.reason
    words = dict(chain.from_iterable(extensions.reason_codes.all(event.action)))
    code = event.reason_code
    return ": ".join(filter(None, [words.get(code, code), event.reason]))


def _who(event: OpportunityEvent) -> str:
    if event.actor is None:
        return "the sync"
    name = person(event.actor)
    return f"{name} for {person(event.on_behalf_of)}" if event.on_behalf_of else name


def _changes(event: OpportunityEvent) -> list[tuple[str, str, str]]:
    shown = []
    if event.from_status != event.to_status:
        before, after = WorkflowStatus(event.from_status), WorkflowStatus(event.to_status)
        shown.append(("State", str(before.label), str(after.label)))
    return shown + [
        (field_in_words(name), value_in_words(name, old), value_in_words(name, new))
        for name, (old, new) in event.changes.items()
        if name not in NOT_SHOWN
    ]


EVENTS = Source(frozenset(EntryKind), _events, _count)
