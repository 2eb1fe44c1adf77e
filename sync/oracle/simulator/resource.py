"""The opportunities resource: lists, single records, describe."""

import re
from urllib.parse import unquote

from sync.oracle.simulator import exact_json
from sync.oracle.simulator.body import encoded_items, encoded_page
from sync.oracle.simulator.clock import Clock
from sync.oracle.simulator.errors import BadRequest, html_error, json_error
from sync.oracle.simulator.faults import Stage, Switchboard, Turn
from sync.oracle.simulator.faults.history import Scene
from sync.oracle.simulator.faults.switchboard import LIST, ONE
from sync.oracle.simulator.messages import Reply, Request
from sync.oracle.simulator.page import Page
from sync.oracle.simulator.query import framework_version, read_query, read_shape
from sync.oracle.simulator.selection import Selector
from sync.oracle.simulator.store import Row, Store

VERSIONS = ("11.13.18.05", "latest")
PATH = re.compile(r"(/crmRestApi/resources/([^/]+)/opportunities)(?:/([^/]+))?/?")
JSON_TYPES = ("application/json", "application/*", "*/*", "application/vnd.oracle.adf")


class Opportunities:
    def __init__(self, store: Store, switchboard: Switchboard, clock: Clock, url: str) -> None:
        self.hidden: frozenset[int] = frozenset()
        """Ids that exist but that our user may not see."""
        self._store = store
        self._switchboard = switchboard
        self._clock = clock
        self._url = url
        self._selector = Selector(store)
        self._last_rows: list[Row] = []

    def forget_reader(self) -> None:
        self._last_rows = []

    def answer(self, request: Request) -> Reply:
        match = PATH.fullmatch(request.path)
        if not match or match[2] not in VERSIONS:
            return html_error(404)
        if request.method != "GET":
            return html_error(405)
        if not _takes_json(request):
            return Reply(406)
        try:
            return self._answer(request, self._url + match[1], unquote(match[3] or ""))
        except BadRequest as error:
            return json_error(400, str(error), _framework(request))

    def _answer(self, request: Request, address: str, name: str) -> Reply:
        if name == "describe":
            return self._describe()
        turn = self._switchboard.begin(ONE if name else LIST)
        for switch in turn.of(Stage.ANSWER):
            replacement: Reply = switch.act()
            return replacement
        reply = (
            self._one(request, name, address, turn) if name else self._list(request, address, turn)
        )
        for switch in turn.of(Stage.DELIVERY):
            switch.act(reply)
        return reply

    def _describe(self) -> Reply:
        attributes = [
            {"name": each.name, "type": each.kind, "queryable": each.is_queryable}
            for each in self._store.attributes.values()
        ]
        resource = {"discrColumnType": False, "attributes": attributes}
        return Reply(body=exact_json.encode({"Resources": {"opportunities": resource}}))

    def _one(self, request: Request, number: str, address: str, turn: Turn) -> Reply:
        shape = read_shape(request, self._store.attributes, address)
        row = self._store.by_number(number)
        if row is None:
            return json_error(404, f"No opportunity {number}.", _framework(request))
        if row.id in self.hidden:
            return html_error(403)
        return Reply(body=encoded_items([row], shape, turn)[0])

    def _list(self, request: Request, address: str, turn: Turn) -> Reply:
        query = read_query(request, self._store.attributes, address)
        self._rewrite_history(turn)
        selection = self._selector.select(query.wanted, self.hidden)
        page = Page(selection, query.offset, query.limit, before=self._last_rows)
        for switch in turn.of(Stage.PAGE):
            switch.act(page)
        self._last_rows = page.rows
        return Reply(body=encoded_page(page, query, turn, address))

    def _rewrite_history(self, turn: Turn) -> None:
        for switch in turn.of(Stage.HISTORY):
            reader = max((row.id for row in self._last_rows), default=0)
            with self._store.lock:
                switch.act(Scene(self._store, self._clock.now(), reader, switch.hits))


def _takes_json(request: Request) -> bool:
    accept = request.header("Accept") or "*/*"
    return any(kind in accept for kind in JSON_TYPES)


def _framework(request: Request) -> int:
    try:
        return framework_version(request)
    except BadRequest:
        return 1
