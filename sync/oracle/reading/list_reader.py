"""Read a list by keys or, where a tenant refuses those, by position. Knows no Django."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Protocol

from sync.oracle.errors import OracleQueryRefused, OracleUnavailable
from sync.oracle.fields.attributes import Attributes
from sync.oracle.reading import query
from sync.oracle.reading.habits import Habit
from sync.oracle.reading.paging import Item, Page, id_of, keyset_pages, offset_pages
from sync.oracle.reading.ranges import IdRange
from sync.oracle.reading.read_ahead import read_ahead
from sync.oracle.transport.http import OracleHttp


class AskPage(Protocol):
    def __call__(
        self, more: dict[str, str], *conditions: str | None, http: OracleHttp | None = None
    ) -> Page: ...


class KeysRefused(OracleQueryRefused):
    """Report that the list is shown, but not from an OptyId on."""


class ChangesRefused(OracleQueryRefused):
    """Report that the list is not shown from a LastUpdateDate on."""


class ListReader:
    """Read the list, or what changed in it, once."""

    def __init__(
        self,
        ask: AskPage,
        another_connection: Callable[[], OracleHttp],
        habits: set[Habit],
        changed: str | None = None,
    ) -> None:
        """
        Args:
            changed: the condition on the date of the last update.
            habits: receives the ways in which the tenant differs.
        """
        self._ask, self._another_connection = ask, another_connection
        self._habits, self._changed = habits, changed
        self._first: Page | None = None
        """The page that the list begins with, once it is read."""
        self._keys_work = False

    def by_keys(
        self, ranges: Sequence[IdRange], first: Page | None, page_size: int
    ) -> Iterator[list[Item]]:
        """Yield the pages of all ranges, each read over a connection of its own.

        Args:
            first: the page that the first range begins with, where it was read before.

        Raises: ChangesRefused, before anything is yielded.
        """
        self._first, is_begun = first, False
        beginnings = [first, *[None] * (len(ranges) - 1)]
        try:
            for items in read_ahead([*map(self._range_reader, ranges, beginnings)]):
                is_begun = True
                yield items
        except KeysRefused:
            if self._keys_work:
                raise
            self._habits.add(Habit.KEYS_REFUSED)
            yield from self.by_position(page_size, self._first if is_begun else None)

    def by_position(self, page_size: int, begun: Page | None = None) -> Iterator[list[Item]]:
        """Yield the pages of the list, without the first where that has `begun` it already."""
        http = self._another_connection()
        return offset_pages(
            partial(self._page_at, http),
            page_size,
            partial(self._highest_id, http, None),
            self._habits,
            begun,
        )

    def _range_reader(self, ids: IdRange, first: Page | None) -> Iterator[list[Item]]:
        http = self._another_connection()
        return keyset_pages(
            partial(self._page_after, http, ids.upto),
            partial(self._highest_id, http, ids.upto),
            self._habits,
            ids,
            first,
        )

    def _page_after(self, http: OracleHttp, upto: int | None, last: int | None) -> Page:
        keys = query.after_id(last), query.upto_id(upto)
        if not any(keys):
            return self._beginning({}, http)
        try:
            page = self._ask({}, *keys, self._changed, http=http)
        except OracleQueryRefused as refusal:
            raise KeysRefused(str(refusal)) from refusal
        self._keys_work = True
        return page

    def _page_at(self, http: OracleHttp, offset: int) -> Page:
        more = {"offset": str(offset)}
        if not offset:
            return self._beginning(more, http)
        try:
            return self._ask(more, self._changed, http=http)
        except (OracleQueryRefused, OracleUnavailable) as failure:
            if Habit.KEYS_REFUSED in self._habits:
                raise
            raise type(failure)(
                f"{failure} It was asked for records from offset {offset:,} on: if it gives none "
                "from there, set ORACLE_PAGING=keyset."
            ) from failure

    def _beginning(self, more: dict[str, str], http: OracleHttp) -> Page:
        try:
            self._first = self._ask(more, self._changed, http=http)
        except OracleQueryRefused as refusal:
            if self._changed:
                raise ChangesRefused(str(refusal)) from refusal
            raise
        return self._first

    def _highest_id(self, http: OracleHttp, upto: int | None) -> int | None:
        """Return the highest OptyId there is, asked for in the opposite order."""
        page = self._ask(query.HIGHEST, query.upto_id(upto), self._changed, http=http)
        return max(page.ids, default=None)


def changed_pages(
    attributes: Attributes, pages_by: Callable[[str], Iterator[list[Item]]], habits: set[Habit]
) -> Iterator[list[Item]]:
    """Yield what changed by one date or another, date after date, each record once.

    It asks twice instead of once with `or`: a tenant that misreads `or` would silently lose
    changes.

    Args:
        pages_by: reads what changed by one date.

    Raises: ChangesRefused where Oracle can be asked by none of them.
    """
    seen: set[int | None] = set()
    refused: dict[str, ChangesRefused] = {}
    answered: list[str] = []
    while dates := [each for each in attributes.update_dates if each not in (*refused, *answered)]:
        date = dates[0]
        try:
            yield from _unseen(pages_by(date), seen)
            answered.append(date)
        except ChangesRefused as refusal:
            refused[date] = refusal
    if not answered:
        raise next(iter(refused.values()))
    # A date that the tenant turned out not to have is reported as absent instead.
    if not {*attributes.update_dates}.isdisjoint(refused):
        habits.add(Habit.CHANGES_PARTLY_REFUSED)


def _unseen(pages: Iterator[list[Item]], seen: set[int | None]) -> Iterator[list[Item]]:
    for page in pages:
        fresh = [item for item in page if id_of(item) not in seen]
        # A record without a readable id is never taken for one that came before.
        seen.update(number for item in fresh if (number := id_of(item)) is not None)
        if fresh:
            yield fresh
