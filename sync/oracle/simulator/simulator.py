"""The parts of the simulator, put together."""

import hmac
import time
from dataclasses import dataclass
from datetime import timedelta

from sync.oracle.simulator.clock import Clock
from sync.oracle.simulator.control import PREFIX, Control
from sync.oracle.simulator.errors import login_required
from sync.oracle.simulator.faults import Switchboard
from sync.oracle.simulator.instants import http_date
from sync.oracle.simulator.messages import Reply, Request
from sync.oracle.simulator.request_log import RequestLog, login
from sync.oracle.simulator.resource import Opportunities
from sync.oracle.simulator.store import Store


@dataclass(frozen=True)
class Login:
    username: str
    password: str

    def admits(self, request: Request) -> bool:
        user, password = login(request)
        return user == self.username and hmac.compare_digest(
            password.encode(), self.password.encode()
        )


class Simulator:
    def __init__(self, store: Store, login: Login, url: str) -> None:
        self.clock = Clock()
        self.switchboard = Switchboard()
        self._login = login
        self._log = RequestLog()
        self._opportunities = Opportunities(store, self.switchboard, self.clock, url)
        self.control = Control(store, self._opportunities, self.switchboard, self.clock, self._log)

    def answer(self, request: Request) -> Reply:
        if request.path.startswith(PREFIX):
            return self.control.answer(request)
        if self.control.latency_s:
            time.sleep(self.control.latency_s)
        is_admitted = self._login.admits(request)
        reply = self._opportunities.answer(request) if is_admitted else login_required()
        shown = self.clock.now() + timedelta(seconds=reply.clock_ahead_s)
        reply.headers["Date"] = http_date(shown)
        self._log.note(request, reply.status or None, authorized=is_admitted)
        return reply
