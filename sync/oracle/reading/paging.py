"""Read page after page until Oracle has no more, and never past a page that cannot be right.

Both ways go on by the ids *received* and end at an empty page only: hasMore can be
wrong, and the server may give fewer records than asked for.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sync.oracle.errors import OracleProtocolError
from sync.oracle.names import ID_ATTRIBUTE
from sync.oracle.reading.habits import Habit
from sync.oracle.reading.ranges import EVERYTHING, IdRange

logger = logging.getLogger(__name__)

Item = dict[str, Any]

Highest = Callable[[], int | None]
"""Asks, in descending order, for the highest id of what is read; None where nothing is there."""

MOST_SLIPS = 100
MOST_REPEATS = 3
MOST_WITHOUT_NEWS = 100
BEYOND_IDS = 10**18


@dataclass(frozen=True, slots=True)
class Page:
    items: list[Item]
    has_more: bool

    @property
    def ids(self) -> list[int]:
        """Return the readable ids; the parser refuses a record without one."""
        return [number for item in self.items if (number := id_of(item)) is not None]


def page_of(answer: Any) -> Page:
    """Check the envelope: anything else than a page is an error, never an empty page."""
    if not isinstance(answer, dict) or not isinstance(answer.get("hasMore"), bool):
        raise OracleProtocolError(_strange("an answer without hasMore"))
    items = answer.get("items", [])
    if not isinstance(items, list):
        raise OracleProtocolError(_strange("items that are no list"))
    if "items" not in answer and (answer["hasMore"] or answer.get("count")):
        raise OracleProtocolError(_strange("a page without items that is not the last"))
    if answer.get("count", len(items)) != len(items):
        raise OracleProtocolError(_strange("another number of items than it counts"))
    return Page(items, answer["hasMore"])


def total_of(answer: Any) -> int | None:
    """Return how many records Oracle says there are, or None where it says none."""
    total = answer.get("totalResults") if isinstance(answer, dict) else None
    is_count = isinstance(total, int) and not isinstance(total, bool) and total >= 0
    return total if is_count else None


def keyset_pages(
    fetch_after: Callable[[int | None], Page],
    highest: Highest,
    habits: set[Habit],
    within: IdRange = EVERYTHING,
    first: Page | None = None,
) -> Iterator[list[Item]]:
    """Read on behind the highest id received: rows that come or go meanwhile move nothing.

    Args:
        first: the page that the range begins with, where it was read before.
    """
    last = within.after
    announced = False
    while (page := first or fetch_after(last)).items:
        first = None
        ids, announced = page.ids, page.has_more
        if ids != sorted(ids) or (ids and not IdRange(last, within.upto).covers(ids)):
            raise OracleProtocolError(_strange("a page that repeats or mixes up what came before"))
        yield page.items
        if not ids:
            return _end_at_unreadable(page)
        last = ids[-1]
        if last == within.upto:
            return  # Nothing else can be in it.
    if within != EVERYTHING and last == within.after:
        return _confirm_empty(within, highest)
    _confirm_end(page, announced, last, highest, habits)


def offset_pages(
    fetch_at: Callable[[int], Page],
    page_size: int,
    highest: Highest,
    habits: set[Habit],
    begun: Page | None = None,
) -> Iterator[list[Item]]:
    """Read on by position, each page beginning with the last record of the one before.

    Where it does not begin so, records before it went away meanwhile, and as many that we
    have not seen moved up: the reading steps back. Records seen twice are dropped.

    Args:
        begun: the page that the list begins with, where it was yielded before.
    """
    place, announced = _Place(page_size), False
    if begun:
        place.go_on_behind(begun)
        announced = begun.has_more
    while (page := fetch_at(place.position)).items or place.overlaps:
        if place.has_slipped(page):
            place.step_back()
            continue
        fresh = [item for item in page.items if id_of(item) not in place.seen]
        if fresh:
            yield fresh
        if page.items and not page.ids:
            return _end_at_unreadable(page)
        place.go_on_behind(page)
        announced = page.has_more
    _confirm_end(page, announced, max(place.seen, default=None), highest, habits)


class _Place:
    """Keep the progress of a reading by position."""

    def __init__(self, page_size: int) -> None:
        self.position = 0
        self.overlaps = False
        """Whether the next page should begin with the last record of the one before."""
        self.seen: set[int] = set()
        self._page_size = page_size
        self._highest = -1
        self._former: list[int] = []
        self._slips = self._repeats = self._without_news = 0

    def has_slipped(self, page: Page) -> bool:
        if not self.overlaps or (page.items and not page.ids):
            return False
        return not page.ids or page.ids[0] > self._highest

    def step_back(self) -> None:
        self._slips += 1
        if self._slips > MOST_SLIPS:
            raise OracleProtocolError(_strange("pages in an order that keeps changing"))
        self.position = max(0, self.position - self._page_size)
        self.overlaps = self.position > 0

    def go_on_behind(self, page: Page) -> None:
        ids = page.ids
        self._refuse_standstill(ids)
        readable = [n for n, item in enumerate(page.items) if id_of(item) is not None]
        # A page of one record cannot overlap: it would be asked for again and again.
        self.overlaps = readable[-1] > 0
        self.position += readable[-1] if self.overlaps else len(page.items)
        self.seen.update(ids)
        self._highest = max([self._highest, *ids])

    def _refuse_standstill(self, ids: list[int]) -> None:
        """Refuse to see the same again and again; rows added meanwhile explain a few times."""
        self._repeats = self._repeats + 1 if ids == self._former else 0
        self._without_news = self._without_news + 1 if self.seen.issuperset(ids) else 0
        self._former = ids
        if ids and self._repeats >= MOST_REPEATS:
            raise OracleProtocolError(_strange("the same page again and again"))
        if self._without_news > MOST_WITHOUT_NEWS:
            raise OracleProtocolError(_strange("page after page of what came before"))


def _end_at_unreadable(page: Page) -> None:
    """Refuse a page without a readable id, unless nothing more is to come."""
    if page.has_more:
        raise OracleProtocolError(_strange("a page without a single readable id"))


def _confirm_end(
    page: Page, announced: bool, last: int | None, highest: Highest, habits: set[Habit]
) -> None:
    """Refuse an end after more was announced, unless the highest id there is was received."""
    if not page.has_more and not announced:
        return
    if highest() != last:
        claims = "that claims there is more" if page.has_more else "after one that announced more"
        raise OracleProtocolError(_strange(f"an empty page {claims}"))
    habits.add(Habit.HAS_MORE_AT_END)


def _confirm_empty(within: IdRange, highest: Highest) -> None:
    """Accept an empty range only if the highest id up to its end lies before it.

    No id at all proves nothing: Oracle may have stopped showing anything.
    """
    found = highest()
    if found is None or within.after is None or found > within.after:
        raise OracleProtocolError(_strange("nothing at all of ids among which it has records"))


def id_of(item: Any) -> int | None:
    """Return the id; None also for one that the parser refuses, from which nothing can go on."""
    value = item.get(ID_ATTRIBUTE) if isinstance(item, dict) else None
    try:
        is_number = isinstance(value, int | str) and not isinstance(value, bool)
        number = int(value) if is_number else -1  # type: ignore[arg-type]
    except ValueError:
        return None
    return number if 0 <= number < BEYOND_IDS else None


def _strange(what: str) -> str:
    return (
        f"Oracle sent {what}. Reading on would lose records, so the run stopped here; if it "
        "happens again, try the other ORACLE_PAGING (keyset or offset)."
    )
