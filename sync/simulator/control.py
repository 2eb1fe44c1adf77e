"""Steer the simulator over HTTP."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.simulator import exact_json
from sync.simulator.faults.switchboard import Switchboard
from sync.simulator.instants import Clock, parse_instant
from sync.simulator.messages import Reply, Request
from sync.simulator.resource import Opportunities
from sync.simulator.store import Store
from sync.simulator.tenant import Tenant

PREFIX = "/_simulator/"
DONE = 204


@dataclass
class Control:
    """Steer the simulator for tests, without a login: it listens on the loopback only."""

    store: Store
    opportunities: Opportunities
    tenant: Tenant
    switchboard: Switchboard
    clock: Clock
    log: deque[dict[str, Any]]
    latency_s: float = 0

    def __post_init__(self) -> None:
        self._actions: Mapping[tuple[str, str], Callable[[Any], Any]] = {
            ("GET", "rows"): lambda _: [row.item for row in self.store.all()],
            ("PUT", "rows"): self.store.replace,
            ("PATCH", "rows"): self.store.merge,
            ("PUT", "hidden"): self._hide,
            ("PUT", "tenant"): self.tenant.set,
            ("PUT", "faults"): self._switch,
            ("PUT", "clock"): lambda body: self._set_clock(body["now"]),
            ("PUT", "latency"): lambda body: self._slow(body["ms"]),
            ("GET", "requests"): lambda _: list(self.log),
            ("DELETE", "requests"): lambda _: self.log.clear(),
            ("POST", "reset"): lambda _: self._reset(),
        }

    def answer(self, request: Request) -> Reply:
        name = request.path.removeprefix(PREFIX)
        try:
            if request.method == "DELETE" and name.startswith("rows/"):
                found = self.store.remove(int(name.removeprefix("rows/")))
                return Reply(DONE if found else 404)
            return self._act(request, name)
        except (ValueError, KeyError, TypeError) as error:
            return _refusal(400, f"{request.method} {request.path}: {error}")

    def _act(self, request: Request, name: str) -> Reply:
        action = self._actions.get((request.method, name))
        if action is None:
            known = ", ".join(f"{method} {PREFIX}{what}" for method, what in self._actions)
            return _refusal(404, f"There is no {request.method} {request.path}, but {known}.")
        result = action(exact_json.decode(request.body) if request.body else None)
        return Reply(DONE) if result is None else Reply(body=exact_json.encode(result))

    def _hide(self, opty_ids: list[int]) -> None:
        self.opportunities.hidden = frozenset(int(opty_id) for opty_id in opty_ids)

    def _switch(self, faults: list[str]) -> None:
        self.switchboard.set(faults)
        self.opportunities.forget_reader()

    def _set_clock(self, now: str | None) -> None:
        self.clock.fixed = None if now is None else parse_instant(now)

    def _slow(self, ms: float) -> None:
        self.latency_s = float(ms) / 1000

    def _reset(self) -> None:
        self.tenant.set([])
        self._switch([])
        self._hide([])
        self._set_clock(None)
        self._slow(0)
        self.log.clear()


def _refusal(status: int, sentence: str) -> Reply:
    return Reply(status, sentence.encode(), {"Content-Type": "text/plain; charset=utf-8"})
