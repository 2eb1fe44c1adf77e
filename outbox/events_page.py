"""Write docs/events.md from the catalogue."""

from collections.abc import Iterator

from outbox.events import EventKind, told_events

HEAD = """# Events

Made by `python manage.py events_docs` from the catalogue that the apps register: those that a rule
may be about.

Each event is recorded in the transaction that makes it happen, with an id, its name, the time, the
CRM's id of the opportunity (`deal`, empty where it is about none), the person who acted (empty for
programs) and a body. It is delivered at least once: what comes twice has the same id of its
delivery. An action that is undone before anybody was told is not told. The events of one
opportunity may arrive in another order than they happened, so go by their time.
"""


def events_page() -> str:
    return "\n".join([HEAD, *_table(), *_bodies()])


def _table() -> Iterator[str]:
    yield from ("| name | title | when |", "|---|---|---|")
    for kind in _kinds():
        yield f"| `{kind.name}` | {kind.title} | {kind.about} |"


def _bodies() -> Iterator[str]:
    """Yield a table for each body; events that have the same share it."""
    bodies: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for kind in _kinds():
        bodies.setdefault(tuple(kind.body.items()), []).append(f"`{kind.name}`")
    for body, names in bodies.items():
        yield from ("", f"## Body of {_shortened(names)}", "", "| field | meaning |", "|---|---|")
        yield from (f"| `{field}` | {meaning} |" for field, meaning in body)
    yield ""


def _shortened(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 4 else f"{names[0]} and {len(names) - 1} others"


def _kinds() -> list[EventKind]:
    return [kind for _, kind in sorted(told_events().items())]
