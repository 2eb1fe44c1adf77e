"""From page to page until Oracle has no more, and never past a page that cannot be right.

Both ways go on by the ids *received* and end at an empty page only: hasMore has been seen
wrong, and the server may give fewer records than asked for.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sync.oracle.errors import OracleProtocolError
from sync.oracle.names import ID_ATTRIBUTE

logger = logging.getLogger(__name__)

Item = dict[str, Any]

MOST_SLIPS = 100


@dataclass(frozen=True, slots=True)
class Page:
    items: list[Item]
    has_more: bool

    @property
    def ids(self) -> list[int]:
        """The ids that are readable; a record without one is the parser's business."""
        return [number for item in self.items if (number := _id_of(item)) is not None]


def page_of(answer: Any) -> Page:
    """Check the envelope: what is not a page is an error, never an empty page."""
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


def keyset_pages(
    fetch_after: Callable[[int | None], Page], last: int | None = None
) -> Iterator[list[Item]]:
    """Read on behind the highest id received: rows that come or go meanwhile move nothing."""
    while (page := fetch_after(last)).items:
        ids = page.ids
        if not ids or ids != sorted(ids) or (last is not None and ids[0] <= last):
            raise OracleProtocolError(_strange("a page that repeats or mixes up what came before"))
        last = ids[-1]
        yield page.items
    _refuse_empty_promise(page)


def offset_pages(fetch_at: Callable[[int], Page], page_size: int) -> Iterator[list[Item]]:
    """Read on by position, each page beginning with the last record of the one before.

    Where it does not begin so, records before it went away meanwhile, and as many that we
    have not seen moved up: the reading steps back. Records seen twice are dropped.
    """
    seen: set[int] = set()
    position, farthest, highest, slips = 0, -1, -1, 0
    while True:
        page = fetch_at(position)
        _refuse_empty_promise(page)
        if seen and position and (not page.ids or page.ids[0] > highest):
            position, slips = max(0, position - page_size), slips + 1
            if slips > MOST_SLIPS:
                raise OracleProtocolError(_strange("pages in an order that keeps changing"))
            continue
        fresh = [item for item in page.items if _id_of(item) not in seen]
        if fresh:
            yield fresh
        elif not page.has_more:
            return
        elif position > farthest:
            raise OracleProtocolError(_strange("the same page again"))
        seen.update(page.ids)
        highest = max(highest, *page.ids)
        farthest = max(farthest, position)
        position += _last_readable(page)


def _last_readable(page: Page) -> int:
    """Where in the page the next one shall begin; at least one record farther on."""
    readable = [n for n, item in enumerate(page.items) if _id_of(item) is not None]
    if not readable:
        raise OracleProtocolError(_strange("a page without a single readable id"))
    return max(readable[-1], 1)


def _refuse_empty_promise(page: Page) -> None:
    if page.has_more and not page.items:
        raise OracleProtocolError(_strange("an empty page that claims there is more"))


def _id_of(item: Any) -> int | None:
    value = item.get(ID_ATTRIBUTE) if isinstance(item, dict) else None
    try:
        return int(value) if isinstance(value, int | str) else None
    except ValueError:
        return None


def _strange(what: str) -> str:
    return (
        f"Oracle sent {what}. Reading on would lose records, so the run stopped here; if it "
        "happens again, try the other ORACLE_PAGING (keyset or offset)."
    )
