"""Let tests steer the simulator over HTTP, and look at what was asked."""

import time
from collections import deque
from collections.abc import Iterable
from typing import Any

from sync.simulator.habits import Habit
from sync.simulator.instants import parse_instant
from sync.simulator.messages import Reply, Request, login_of
from sync.simulator.simulator import Simulator
from sync.tests.misbehaving_oracle.faults.faults import Faults
from sync.tests.misbehaving_oracle.habits.table import read_variation

MOST_LOGGED = 20_000


class Latency(Habit):
    seconds: float = 0

    def before_login(self, request: Request) -> Reply | None:
        if self.seconds:
            time.sleep(self.seconds)
        return None


class Log(Habit):
    """Note what a reader asked for, without the password."""

    def __init__(self) -> None:
        self.entries: deque[dict[str, Any]] = deque(maxlen=MOST_LOGGED)

    def reply(self, request: Request, reply: Reply) -> None:
        headers = {k: v for k, v in request.headers.items() if k.lower() != "authorization"}
        self.entries.append(
            {
                "method": request.method,
                "path": request.path,
                "params": request.params,
                "headers": headers,
                "authorized": reply.status != 401,
                "user": login_of(request)[0],
                "status": reply.status or None,
            }
        )


class Steering:
    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._faults, self._latency, self._log = Faults(), Latency(), Log()
        self.have(())
        simulator.control.actions |= {
            ("PUT", "hidden"): self._hide,
            ("PUT", "tenant"): self.have,
            ("PUT", "faults"): self.switch,
            ("PUT", "clock"): lambda body: self._set_clock(body["now"]),
            ("PUT", "latency"): lambda body: self.slow(body["ms"]),
            ("GET", "requests"): lambda _: list(self._log.entries),
            ("DELETE", "requests"): lambda _: self._log.entries.clear(),
            ("POST", "reset"): lambda _: self._reset(),
        }

    def have(self, words: Iterable[str]) -> None:
        """Have these habits, each `name:option=value,option=value`, and no others."""
        tenant = [read_variation(word) for word in words]
        self._simulator.habits.all = (self._latency, *tenant, self._faults, self._log)

    def switch(self, words: Iterable[str]) -> None:
        """Switch on these faults, each `name:option=value,option=value`, and no others."""
        self._faults.set(words)
        self._simulator.opportunities.forget_reader()

    def slow(self, ms: float) -> None:
        self._latency.seconds = float(ms) / 1000

    def _hide(self, opty_ids: Iterable[Any]) -> None:
        self._simulator.opportunities.hidden = frozenset(int(each) for each in opty_ids)

    def _set_clock(self, now: str | None) -> None:
        self._simulator.clock.fixed = None if now is None else parse_instant(now)

    def _reset(self) -> None:
        self.have(())
        self.switch(())
        self._hide(())
        self._set_clock(None)
        self.slow(0)
        self._log.entries.clear()
