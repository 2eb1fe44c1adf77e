"""Encode pages and records. Rows that no habit changes are encoded only once."""

from sync.simulator import exact_json
from sync.simulator.habits import Habits
from sync.simulator.query import Query
from sync.simulator.selection import Page
from sync.simulator.shape import Shape
from sync.simulator.store import Row


def encoded_page(page: Page, query: Query, habits: Habits) -> bytes:
    envelope = {
        "count": len(page.rows),
        "hasMore": page.has_more,
        "limit": query.limit,
        "offset": query.offset,
    }
    if query.has_total:
        envelope["totalResults"] = page.total
    encoded = exact_json.encode(envelope)
    if not page.has_items:
        return encoded
    items = b",".join(encoded_items(page.rows, query.shape, habits))
    return b'{"items":[' + items + b"]," + encoded[1:]


def encoded_items(rows: list[Row], shape: Shape, habits: Habits) -> list[bytes]:
    encoded = [row.encoded(shape) for row in rows]
    for habit in habits.all:
        habit.items(rows, shape, encoded)
    return encoded
