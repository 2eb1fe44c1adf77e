"""The channel through which tests and benches move the simulator. No login: loopback only."""

from collections.abc import Callable, Mapping
from typing import Any

from sync.oracle.simulator import exact_json
from sync.oracle.simulator.clock import Clock
from sync.oracle.simulator.faults import Switchboard
from sync.oracle.simulator.instants import parse_instant
from sync.oracle.simulator.messages import Reply, Request
from sync.oracle.simulator.request_log import RequestLog
from sync.oracle.simulator.resource import Opportunities
from sync.oracle.simulator.rows import rows_of_lines
from sync.oracle.simulator.store import Store

PREFIX = "/_simulator/"
DONE = 204


class Control:
    def __init__(
        self,
        store: Store,
        opportunities: Opportunities,
        switchboard: Switchboard,
        clock: Clock,
        log: RequestLog,
    ) -> None:
        self.latency_s = 0.0
        self._store = store
        self._opportunities = opportunities
        self._switchboard = switchboard
        self._clock = clock
        self._log = log
        self._actions: Mapping[tuple[str, str], Callable[[bytes], Any]] = {
            ("GET", "rows"): lambda _: [row.item for row in store.all()],
            ("PUT", "rows"): lambda body: store.replace(_rows(body)),
            ("PATCH", "rows"): lambda body: store.merge(_rows(body)),
            ("PUT", "hidden"): lambda body: self._hide(exact_json.decode(body)),
            ("PUT", "faults"): lambda body: self._switch(exact_json.decode(body)),
            ("PUT", "clock"): lambda body: self._set_clock(exact_json.decode(body)["now"]),
            ("PUT", "latency"): lambda body: self._slow(exact_json.decode(body)["ms"]),
            ("GET", "requests"): lambda _: list(log.entries),
            ("DELETE", "requests"): lambda _: log.entries.clear(),
            ("POST", "reset"): lambda _: self._reset(),
        }

    def answer(self, request: Request) -> Reply:
        name = request.path.removeprefix(PREFIX)
        try:
            if request.method == "DELETE" and name.startswith("rows/"):
                found = self._store.remove(int(name.removeprefix("rows/")))
                return Reply(DONE if found else 404)
            return self._act(request, name)
        except (ValueError, KeyError, TypeError) as error:
            return _refusal(400, f"{request.method} {request.path}: {error}")

    def _act(self, request: Request, name: str) -> Reply:
        action = self._actions.get((request.method, name))
        if action is None:
            known = ", ".join(f"{method} {PREFIX}{what}" for method, what in self._actions)
            return _refusal(404, f"There is no {request.method} {request.path}, but {known}.")
        result = action(request.body)
        return Reply(DONE) if result is None else Reply(body=exact_json.encode(result))

    def _hide(self, opty_ids: list[int]) -> None:
        self._opportunities.hidden = frozenset(int(opty_id) for opty_id in opty_ids)

    def _switch(self, faults: list[str]) -> None:
        self._switchboard.set(faults)
        self._opportunities.forget_reader()

    def _set_clock(self, now: str | None) -> None:
        self._clock.fixed = None if now is None else parse_instant(now)

    def _slow(self, ms: float) -> None:
        self.latency_s = float(ms) / 1000

    def _reset(self) -> None:
        self._switch([])
        self._hide([])
        self._set_clock(None)
        self._slow(0)
        self._log.entries.clear()


def _rows(body: bytes) -> list[Any]:
    if body.lstrip()[:1] == b"[":
        items: list[Any] = exact_json.decode(body)
        return items
    return rows_of_lines(body.splitlines(), "the body")


def _refusal(status: int, sentence: str) -> Reply:
    return Reply(status, sentence.encode(), {"Content-Type": "text/plain; charset=utf-8"})
