"""The bytes of a page and of a record. Rows that no fault spoils are encoded once only."""

from sync.oracle.simulator import exact_json
from sync.oracle.simulator.faults import Stage, Turn
from sync.oracle.simulator.page import Page
from sync.oracle.simulator.query import Query
from sync.oracle.simulator.shape import Item, Shape
from sync.oracle.simulator.store import Row


def encoded_page(page: Page, query: Query, turn: Turn, address: str) -> bytes:
    envelope = {
        "count": len(page.rows),
        "hasMore": page.has_more,
        "limit": query.limit,
        "offset": query.offset,
        "links": [{"rel": "self", "href": address, "name": "opportunities", "kind": "collection"}],
    }
    if query.has_total:
        envelope["totalResults"] = page.selection.total
    encoded = exact_json.encode(envelope)
    if not page.has_items:
        return encoded
    items = b",".join(encoded_items(page.rows, query.shape, turn))
    return b'{"items":[' + items + b"]," + encoded[1:]


def encoded_items(rows: list[Row], shape: Shape, turn: Turn) -> list[bytes]:
    encoded = [row.encoded(shape) for row in rows]
    spoiled: dict[int, Item] = {}
    for switch in turn.of(Stage.ITEM):
        for place in _places(len(rows), int(switch.options["rows"])):
            item = spoiled.setdefault(place, shape.of(rows[place].item))
            switch.act(item)
    for place, item in spoiled.items():
        encoded[place] = exact_json.encode(item)
    return encoded


def _places(length: int, count: int) -> list[int]:
    """So many places, spread over the page."""
    count = min(count, length)
    return [(2 * part + 1) * length // (2 * count) for part in range(count)]
