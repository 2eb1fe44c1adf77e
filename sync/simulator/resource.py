"""Serve the opportunities resource: lists, single records, describe."""

import re
from urllib.parse import unquote

from sync.simulator import exact_json
from sync.simulator.catalogue import PATHS, Catalogue
from sync.simulator.errors import BadRequest, html_error, json_error
from sync.simulator.habits import Habits, Known
from sync.simulator.instants import Clock
from sync.simulator.messages import Reply, Request
from sync.simulator.query import Query, read_query, read_shape
from sync.simulator.selection import Page, Selector
from sync.simulator.shape import Shape
from sync.simulator.store import Row, Store

PATH = re.compile(
    r"/crmRestApi/resources/(?P<version>[^/]+)/opportunities(?:/(?P<number>[^/]+))?/?"
)
JSON_TYPES = ("application/json", "application/*", "*/*", "application/vnd.oracle.adf")


class Opportunities:
    def __init__(self, store: Store, habits: Habits, clock: Clock) -> None:
        self.hidden: frozenset[int] = frozenset()
        """Ids of records that exist but that our user may not see."""
        self._store = store
        self._habits = habits
        self._clock = clock
        self._selector = Selector(store)
        self._last_rows: list[Row] = []

    def forget_reader(self) -> None:
        self._last_rows = []

    def answer(self, request: Request) -> Reply:
        catalogue = self._habits.fold(lambda habit, former: habit.catalogue(former), Catalogue())
        if request.path in PATHS:
            return catalogue.reply()
        match = PATH.fullmatch(request.path)
        if not match or match["version"] not in catalogue.offered:
            return html_error(404)
        if request.method != "GET":
            return html_error(405)
        accept = request.header("Accept") or "*/*"
        if not any(kind in accept for kind in JSON_TYPES):
            return Reply(406)
        try:
            return self._answer(request, unquote(match["number"] or ""))
        except BadRequest as error:
            return json_error(400, str(error))

    def _answer(self, request: Request, name: str) -> Reply:
        usual: Known = self._store.attributes
        known = self._habits.fold(lambda habit, former: habit.knows(former), usual)
        if name == "describe":
            return _described(known)
        instead = self._habits.first_reply(
            lambda habit: habit.instead_of_rows(request, is_list=not name)
        )
        if instead:
            return instead
        asked = self._habits.asked(request, usual, known)
        reply = self._one(name, read_shape(asked, known)) if name else self._list(asked, known)
        for habit in self._habits.all:
            habit.delivery(reply)
        return reply

    def _one(self, number: str, shape: Shape) -> Reply:
        row = self._store.by_number(number)
        if row is None:
            return json_error(404, f"No opportunity {number}.")
        if row.id in self.hidden:
            return html_error(403)
        return Reply(body=_encoded_items([row], shape, self._habits)[0])

    def _list(self, request: Request, known: Known) -> Reply:
        query = read_query(request, known)
        now = self._clock.now()
        query = self._habits.fold(lambda habit, former: habit.query(former, request, now), query)
        for habit in self._habits.all:
            habit.before_page(self._store, self._last_rows, now)
        selection = self._selector.select(query.wanted, self.hidden)
        page = Page(selection, query.offset, query.limit, before=self._last_rows)
        for habit in self._habits.all:
            habit.page(page)
        self._last_rows = page.rows
        return Reply(body=_encoded_page(page, query, self._habits))


def _described(known: Known) -> Reply:
    attributes = [
        {"name": name, "type": each.kind, "queryable": each.is_queryable}
        for name, each in known.items()
    ]
    resource = {"discrColumnType": False, "attributes": attributes}
    return Reply(body=exact_json.encode({"Resources": {"opportunities": resource}}))


# --- bodies: rows that no habit changes are encoded only once ------------------------------------


def _encoded_page(page: Page, query: Query, habits: Habits) -> bytes:
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
    items = b",".join(_encoded_items(page.rows, query.shape, habits))
    return b'{"items":[' + items + b"]," + encoded[1:]


def _encoded_items(rows: list[Row], shape: Shape, habits: Habits) -> list[bytes]:
    encoded = [row.encoded(shape) for row in rows]
    for habit in habits.all:
        habit.items(rows, shape, encoded)
    return encoded
