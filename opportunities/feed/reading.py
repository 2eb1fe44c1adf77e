"""Read the feed: a page from a place on, all that there is, and what is too old for it."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Max, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThanOrEqual, TupleLessThan
from django.utils import timezone

from opportunities.feed.kinds import changes_at
from opportunities.feed.places import CursorGone, Head, Place, read_head
from opportunities.models import FeedPosition

POLL_S = 0.5
CHUNK = 500
PLACE = ("transaction_id", "position")


class Page(NamedTuple):
    changes: list[dict[str, Any]]
    next: str
    has_more: bool


def page_after(cursor: str | None, limit: int, wait_s: float = 0) -> Page:
    """Return the changes since a cursor; without one since now, so none unless it waits.

    Waits for the first one, without a transaction meanwhile. Raises: CursorGone.
    """
    deadline = time.monotonic() + wait_s
    head = read_head()
    start = head.place(cursor) if cursor else head.end
    _refuse_if_forgotten(start, head)
    found = _positions(start, head, limit)
    while not found and time.monotonic() < deadline:
        time.sleep(POLL_S)
        head = read_head()
        found = _positions(start, head, limit)
    return _page(head, start, found, limit)


def _positions(start: Place, head: Head, limit: int) -> list[FeedPosition]:
    """Return one row more than the page takes, which tells whether it goes on."""
    if start > head.last:
        return []
    rows = FeedPosition.objects.filter(
        TupleGreaterThanOrEqual(PLACE, start), TupleLessThan(PLACE, head.end)
    )
    return list(rows.order_by(*PLACE)[: limit + 1])


def _page(head: Head, start: Place, found: list[FeedPosition], limit: int) -> Page:
    has_more = len(found) > limit
    unread = Place(found[limit].transaction_id, found[limit].position) if has_more else head.end
    place = max(start, unread)
    return Page(changes_at(found[:limit]), head.cursor(place), has_more)


class Moved(NamedTuple):
    deals: frozenset[str] | None
    """CRM ids; None where more than `most` changes came, or nobody can tell."""
    cursor: str
    is_quiet: bool = False
    """Whether nothing moved, nor will before the feed has a newer last place than now: no change
    waits for an older transaction to end."""


def moved_since(cursor: str | None, most: int) -> Moved:
    """Return the deals that moved after a cursor, and the cursor to go on with.

    Where nothing moved that is the one that came, so that the answer stays the same.
    """
    head = read_head()
    now = head.cursor(head.end)
    try:
        found = _positions(head.place(cursor), head, most) if cursor else []
    except CursorGone:
        return Moved(None, now)
    if len(found) > most:
        return Moved(None, now)
    deals = frozenset(each.deal for each in found)
    is_quiet = not found and bool(cursor) and head.last < head.end
    return Moved(deals, now if found or not cursor else cursor, is_quiet)


def whole_state() -> tuple[str, Iterator[dict[str, Any]]]:
    """Return a cursor, and each thing there is; what changes while they are read comes after it."""
    head = read_head()
    return head.cursor(head.end), _everything()


def whole_count() -> int:
    return FeedPosition.objects.filter(is_gone=False).count()


def _everything() -> Iterator[dict[str, Any]]:
    """Go by position, which only grows: what moves meanwhile moves ahead, or behind the end."""
    rows = FeedPosition.objects.filter(is_gone=False).order_by("position")
    last = rows.aggregate(last=Max("position"))["last"] or 0
    position = 0
    while found := list(rows.filter(position__gt=position, position__lte=last)[:CHUNK]):
        yield from changes_at(found)
        position = found[-1].position


def prune_feed() -> int:
    """Forget things that are gone for longer than FEED_DAYS, but the last of them."""
    long_gone = _long_gone(read_head())
    last = long_gone.last()
    return int(long_gone.exclude(pk=last.pk).delete()[0]) if last else 0


def _refuse_if_forgotten(place: Place, head: Head) -> None:
    """Raises: CursorGone, where a removal after the place may be forgotten."""
    last = _long_gone(head).last()
    if last and place <= (last.transaction_id, last.position):
        raise CursorGone


def _long_gone(head: Head) -> QuerySet[FeedPosition]:
    before = timezone.now() - timedelta(days=settings.FEED_DAYS)
    rows = FeedPosition.objects.filter(TupleLessThan(PLACE, head.end))
    return rows.filter(is_gone=True, changed_at__lt=before).order_by(*PLACE)
