"""Keep the rows in memory: by id, by number, in the order of ids and in that of changes."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from threading import RLock
from typing import Any

from sync.simulator import exact_json
from sync.simulator.attributes import (
    KNOWN,
    LAST_UPDATE,
    OPTY_ID,
    OPTY_NUMBER,
    Attribute,
    Comparable,
    Kind,
    comparable,
    guessed,
)
from sync.simulator.shape import Item, Shape

MOST_SHAPES = 4
MANY = 10_000
"""So many changes at once are faster sorted in together than one by one."""


class BadRow(ValueError):
    """A row that cannot be stored."""


class Row:
    """Hold one opportunity; never changed, only replaced, so that cached values stay right."""

    __slots__ = ("_comparables", "_encoded", "id", "item")

    def __init__(self, item: Item) -> None:
        self.id = _id_of(item)
        self.item = item
        self._comparables: dict[str, Comparable | None] = {}
        self._encoded: dict[Shape, bytes] = {}

    def comparable(self, attribute: Attribute) -> Comparable | None:
        name = attribute.name
        if name not in self._comparables:
            self._comparables[name] = comparable(attribute.kind, self.item.get(name))
        return self._comparables[name]

    def encoded(self, shape: Shape) -> bytes:
        encoded = self._encoded.get(shape)
        if encoded is None:
            if len(self._encoded) >= MOST_SHAPES:
                self._encoded.clear()
            # A copy: what the encoder returns may hold on to a longer buffer.
            encoded = bytes(memoryview(exact_json.encode(shape.of(self.item))))
            self._encoded[shape] = encoded
        return encoded


class Store:
    def __init__(self, items: Iterable[Any] = ()) -> None:
        self.lock = RLock()
        self.version = 0
        """Moves with every change, so that what was selected before is not served again."""
        self.replace(items)

    def replace(self, items: Iterable[Any]) -> None:
        self._take({row.id: row for row in map(Row, items)})

    def _take(self, rows: dict[int, Row]) -> None:
        with self.lock:
            self._rows = rows
            self.ids = sorted(rows)
            self._changes = sorted(change for row in rows.values() for change in _change(row))
            self._id_of_number = {str(row.item.get(OPTY_NUMBER)): row.id for row in rows.values()}
            self.attributes = dict(KNOWN)
            self._meet(row.item for row in rows.values())
            self.version += 1

    def merge(self, items: Iterable[Any]) -> None:
        """Add each item, or lay its attributes over those of the row with the same OptyId."""
        checked = [(_id_of(item), item) for item in items]
        with self.lock:
            if len(checked) < MANY:
                for opty_id, item in checked:
                    self._put(_laid_over(self._rows.get(opty_id), item))
                return
            rows = dict(self._rows)
            for opty_id, item in checked:
                rows[opty_id] = _laid_over(rows.get(opty_id), item)
            self._take(rows)

    def remove(self, opty_id: int) -> bool:
        with self.lock:
            row = self._rows.pop(opty_id, None)
            if row is None:
                return False
            self._forget(row)
            self.version += 1
            return True

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, opty_id: int) -> Row | None:
        return self._rows.get(opty_id)

    def by_number(self, number: str) -> Row | None:
        opty_id = self._id_of_number.get(number)
        return None if opty_id is None else self._rows.get(opty_id)

    def all(self) -> list[Row]:
        """Return every row, in the order of ids."""
        with self.lock:
            return [self._rows[opty_id] for opty_id in self.ids]

    def some(self, opty_ids: Iterable[Any]) -> list[Row]:
        """Return the rows with these ids that exist, in the order of ids."""
        with self.lock:
            return [self._rows[each] for each in sorted(opty_ids) if each in self._rows]

    def changed_since(self, instant: Comparable) -> list[Row]:
        """Return rows with this LastUpdateDate (microseconds) or a later one, oldest first."""
        with self.lock:
            first = bisect_left(self._changes, (instant,))
            return [self._rows[opty_id] for _, opty_id in self._changes[first:]]

    def _put(self, row: Row) -> None:
        if old := self._rows.get(row.id):
            self._forget(old)
        self._rows[row.id] = row
        insort(self.ids, row.id)
        for change in _change(row):
            insort(self._changes, change)
        self._id_of_number[str(row.item.get(OPTY_NUMBER))] = row.id
        self._meet([row.item])
        self.version += 1

    def _forget(self, row: Row) -> None:
        del self.ids[bisect_left(self.ids, row.id)]
        for change in _change(row):
            del self._changes[bisect_right(self._changes, change) - 1]
        self._id_of_number.pop(str(row.item.get(OPTY_NUMBER)), None)

    def _meet(self, items: Iterable[Item]) -> None:
        """Learn the attributes that only the data knows; the first that is no text says what."""
        for item in items:
            for name in item.keys() - KNOWN.keys():
                if self.attributes.get(name) in (None, Attribute(name, Kind.STRING)):
                    self.attributes[name] = guessed(name, item[name])


def _laid_over(old: Row | None, item: Item) -> Row:
    return Row({**old.item, **item} if old else item)


def _id_of(item: Any) -> int:
    if not isinstance(item, dict):
        raise BadRow("a row must be a JSON object")
    value = item.get(OPTY_ID)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise BadRow("a row needs an OptyId that is a whole number")
    try:
        return int(value)
    except ValueError:
        raise BadRow(f"OptyId {value!r} is not a whole number") from None


def _change(row: Row) -> list[tuple[Comparable, int]]:
    instant = row.comparable(KNOWN[LAST_UPDATE])
    return [] if instant is None else [(instant, row.id)]
