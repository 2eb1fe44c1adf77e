"""Serve the opportunities resource: lists, single records, describe."""

import re
from urllib.parse import unquote

from sync.simulator import exact_json
from sync.simulator.body import encoded_items, encoded_page
from sync.simulator.catalogue import PATHS, Catalogue
from sync.simulator.errors import BadRequest, html_error, json_error
from sync.simulator.faults.history import Scene
from sync.simulator.faults.switchboard import LIST, ONE, Switchboard, Turn
from sync.simulator.faults.table import Stage
from sync.simulator.instants import Clock
from sync.simulator.messages import Reply, Request
from sync.simulator.query import read_query, read_shape
from sync.simulator.selection import Page, Selector
from sync.simulator.shape import Shape
from sync.simulator.store import Row, Store
from sync.simulator.tenant import Tenant
from sync.simulator.tenant.tenant import Known

PATH = re.compile(
    r"/crmRestApi/resources/(?P<version>[^/]+)/opportunities(?:/(?P<number>[^/]+))?/?"
)
JSON_TYPES = ("application/json", "application/*", "*/*", "application/vnd.oracle.adf")


class Opportunities:
    def __init__(
        self, store: Store, tenant: Tenant, switchboard: Switchboard, clock: Clock
    ) -> None:
        self.hidden: frozenset[int] = frozenset()
        """Ids of records that exist but that our user may not see."""
        self._store = store
        self._tenant = tenant
        self._switchboard = switchboard
        self._clock = clock
        self._selector = Selector(store)
        self._last_rows: list[Row] = []

    def forget_reader(self) -> None:
        self._last_rows = []

    def answer(self, request: Request) -> Reply:
        catalogue = self._tenant.fold(lambda habit, former: habit.catalogue(former), Catalogue())
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
        known = self._tenant.fold(lambda habit, former: habit.knows(former), usual)
        if name == "describe":
            return _described(known)
        turn = self._switchboard.begin(ONE if name else LIST)
        if replacing := turn[Stage.ANSWER]:
            replacement: Reply = replacing[0].act()
            return replacement
        asked = self._tenant.asked(request, usual, known)
        if name:
            reply = self._one(name, read_shape(asked, known), turn)
        else:
            reply = self._list(asked, known, turn)
        for switch in turn[Stage.DELIVERY]:
            switch.act(reply)
        return reply

    def _one(self, number: str, shape: Shape, turn: Turn) -> Reply:
        row = self._store.by_number(number)
        if row is None:
            return json_error(404, f"No opportunity {number}.")
        if row.id in self.hidden:
            return html_error(403)
        return Reply(body=encoded_items([row], shape, turn)[0])

    def _list(self, request: Request, known: Known, turn: Turn) -> Reply:
        query = read_query(request, known)
        now = self._clock.now()
        query = self._tenant.fold(lambda habit, former: habit.query(former, request, now), query)
        self._rewrite_history(turn)
        selection = self._selector.select(query.wanted, self.hidden)
        page = Page(selection, query.offset, query.limit, before=self._last_rows)
        for habit in self._tenant.habits:
            habit.page(page)
        for switch in turn[Stage.PAGE]:
            switch.act(page)
        self._last_rows = page.rows
        return Reply(body=encoded_page(page, query, turn))

    def _rewrite_history(self, turn: Turn) -> None:
        for switch in turn[Stage.HISTORY]:
            reader = max((row.id for row in self._last_rows), default=0)
            with self._store.lock:
                switch.act(Scene(self._store, self._clock.now(), reader, switch.hits))


def _described(known: Known) -> Reply:
    attributes = [
        {"name": name, "type": each.kind, "queryable": each.is_queryable}
        for name, each in known.items()
    ]
    resource = {"discrColumnType": False, "attributes": attributes}
    return Reply(body=exact_json.encode({"Resources": {"opportunities": resource}}))
