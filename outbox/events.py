"""Keep the catalogue of events; docs/events.md is made from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class EventKind:
    name: str
    """What it is about and what happened to it: `opportunity.assigned`."""
    title: str
    about: str
    """When it happens, in a sentence."""
    body: Mapping[str, str] = field(default_factory=dict)
    """field -> what it means"""
    is_for_rules: bool = True
    """Whether people and programs may be told of it; else it only keeps BQS going."""


class UnknownEvent(ValueError):
    """An event that no app has put into the catalogue."""


catalogue: dict[str, EventKind] = {}


def register(*kinds: EventKind) -> None:
    """Add an app's events, in its `ready()`."""
    catalogue.update({kind.name: kind for kind in kinds})


def told_events() -> dict[str, EventKind]:
    """Return those that rules may be about."""
    return {name: kind for name, kind in catalogue.items() if kind.is_for_rules}


def kind_of(name: str) -> EventKind:
    """Return an event's entry. Raises: UnknownEvent."""
    if name not in catalogue:
        raise UnknownEvent(f"{name} is not in the catalogue of events.")
    return catalogue[name]
