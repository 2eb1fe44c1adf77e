"""Select the rows of a query, in order and page by page. Remembers its last selections."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, NamedTuple

from sync.simulator.attributes import LAST_UPDATE, OPTY_ID
from sync.simulator.conditions import Condition, OneOf, Term
from sync.simulator.query import Order, Wanted
from sync.simulator.store import Row, Store

BOUNDS = (">", ">=", "<", "<=", "=")
ONE_IN = 70
SCATTER = 0x9E3779B1
MOST_REMEMBERED = 8

by_id = attrgetter("id")


class Selection(NamedTuple):
    """Hold a stretch of rows; a slice would copy 100,000 of them, which costs more than a page."""

    rows: list[Row]
    first: int
    end: int

    @property
    def total(self) -> int:
        return self.end - self.first

    def window(self, offset: int, count: int) -> list[Row]:
        first = self.first + offset
        return self.rows[first : min(first + count, self.end)]


@dataclass
class Page:
    selection: Selection
    offset: int
    limit: int
    before: list[Row]
    """The rows of the page served before this one."""
    rows: list[Row] = field(init=False)
    has_more: bool = field(init=False)
    total: int = field(init=False)
    has_items: bool = True

    def __post_init__(self) -> None:
        self.total = self.selection.total
        self.show(self.offset, self.limit)

    def show(self, offset: int, count: int) -> None:
        self.rows = self.selection.window(offset, count)
        self.has_more = offset + len(self.rows) < self.selection.total


class Selector:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._remembered: dict[Wanted, list[Row]] = {}
        self._state: tuple[int, frozenset[int]] | None = None

    def select(self, wanted: Wanted, hidden: frozenset[int]) -> Selection:
        """Return all rows wanted. Bounds on the id are cut from rows remembered in its order."""
        if wanted.order is not Order.ASCENDING:
            rows = self._recall(wanted, hidden)
            return Selection(rows, 0, len(rows))
        bounds = tuple(c for c in wanted.conditions if isinstance(c, Condition) and _is_id_bound(c))
        others = tuple(c for c in wanted.conditions if c not in bounds)
        return _between(self._recall(replace(wanted, conditions=others), hidden), bounds)

    def _recall(self, wanted: Wanted, hidden: frozenset[int]) -> list[Row]:
        with self._store.lock:
            state = (self._store.version, hidden)
            if state != self._state or len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
                self._state = state
            if wanted not in self._remembered:
                self._remembered[wanted] = self._find(wanted, hidden)
            return self._remembered[wanted]

    def _find(self, wanted: Wanted, hidden: frozenset[int]) -> list[Row]:
        if wanted.is_mine:
            rows = mine(self._store.all())
        else:
            rows = _candidates(self._store, wanted.conditions)
        if hidden:
            rows = [row for row in rows if row.id not in hidden]
        for condition in wanted.conditions:
            rows = [row for row in rows if condition.holds(row)]
        return _ordered(rows, wanted.order)


def mine(rows: Iterable[Row]) -> list[Row]:
    """Return the open rows of the calling user: about one in seventy, and at least one."""
    opened = [row for row in rows if row.item.get("StatusCode") == "OPEN"]
    return [row for row in opened if _scattered(row) % ONE_IN == 0] or opened[:1]


def _candidates(store: Store, terms: Iterable[Term]) -> list[Row]:
    """Return rows in the order of ids: not all of them where a few will do."""
    for term in terms:
        if isinstance(term, Condition) and _is_recent(term):
            return sorted(store.changed_since(term.value), key=by_id)
        if isinstance(term, OneOf) and term.attribute.name == OPTY_ID:
            return store.some(term.values)
    return store.all()


def _is_recent(condition: Condition) -> bool:
    return condition.attribute.name == LAST_UPDATE and condition.operator in (">", ">=")


def _is_id_bound(condition: Condition) -> bool:
    return condition.attribute.name == OPTY_ID and condition.operator in BOUNDS


def _between(rows: list[Row], bounds: Iterable[Condition]) -> Selection:
    first, end = 0, len(rows)
    for bound in bounds:
        value: Any = bound.value
        if bound.operator in (">", ">=", "="):
            side = bisect_right if bound.operator == ">" else bisect_left
            first = max(first, side(rows, value, key=by_id))
        if bound.operator in ("<", "<=", "="):
            side = bisect_left if bound.operator == "<" else bisect_right
            end = min(end, side(rows, value, key=by_id))
    return Selection(rows, first, max(first, end))


def _ordered(rows: list[Row], order: Order) -> list[Row]:
    """Sort rows that come by id. Without an order they have one of their own, as Oracle's do."""
    if order is Order.OWN:
        return sorted(rows, key=_scattered)
    return rows[::-1] if order is Order.DESCENDING else rows


def _scattered(row: Row) -> int:
    return row.id * SCATTER & 0xFFFFFFFF
