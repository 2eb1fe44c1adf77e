"""Define what the feed tells of: each kind of thing, and how its state is shown."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from opportunities import extensions
from opportunities.models import FeedPosition


@dataclass(frozen=True)
class FeedKind:
    """A kind of thing; its table's triggers write `name` into the positions."""

    name: str
    rows: Callable[[], Any]
    serializer: Callable[[], Any]
    prepare: Callable[[Sequence[Any]], object] | None = None
    """Complete the rows of a page before they are shown."""

    def states(self, ids: Collection[int]) -> dict[int, Any]:
        rows = list(self.rows().filter(pk__in=ids))
        if self.prepare:
            self.prepare(rows)
        show = self.serializer().to_representation
        return {row.pk: show(row) for row in rows}


def changes_at(positions: Sequence[FeedPosition]) -> list[dict[str, Any]]:
    """Return each change with the state as it is now; a few queries for each kind."""
    states = {
        (kind.name, pk): state
        for load_kinds in extensions.feed_kinds.all()
        for kind in load_kinds()
        if (ids := [each.object_id for each in positions if each.kind == kind.name])
        for pk, state in kind.states(ids).items()
    }
    return [
        {
            "id": each.change_id,
            "kind": each.kind,
            "deal": each.deal,
            "at": each.changed_at,
            "state": states.get((each.kind, each.object_id)),
        }
        for each in positions
    ]
