"""Encode pages and records. Rows that no fault spoils are encoded only once."""

from sync.simulator import exact_json
from sync.simulator.faults.switchboard import Turn
from sync.simulator.faults.table import Stage
from sync.simulator.query import Query
from sync.simulator.selection import Page
from sync.simulator.shape import Item, Shape
from sync.simulator.store import Row


def encoded_page(page: Page, query: Query, turn: Turn) -> bytes:
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
    items = b",".join(encoded_items(page.rows, query.shape, turn))
    return b'{"items":[' + items + b"]," + encoded[1:]


def encoded_items(rows: list[Row], shape: Shape, turn: Turn) -> list[bytes]:
    encoded = [row.encoded(shape) for row in rows]
    spoiled: dict[int, Item] = {}
    for switch in turn[Stage.ITEM]:
        count = min(int(switch.options["rows"]), len(rows))
        # Spread over the page.
        for place in ((2 * part + 1) * len(rows) // (2 * count) for part in range(count)):
            item = spoiled.setdefault(place, shape.of(rows[place].item))
            switch.act(item)
    for place, item in spoiled.items():
        encoded[place] = exact_json.encode(item)
    return encoded
