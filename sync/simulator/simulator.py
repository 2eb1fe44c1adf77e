"""Put the parts of the simulator together."""

import time
from collections import deque
from datetime import UTC, timedelta
from email.utils import format_datetime
from typing import Any

from sync.simulator.control import PREFIX, Control
from sync.simulator.errors import login_required
from sync.simulator.faults.switchboard import Switchboard
from sync.simulator.instants import Clock
from sync.simulator.messages import Reply, Request, login_of
from sync.simulator.resource import Opportunities
from sync.simulator.store import Store
from sync.simulator.tenant import Tenant

MOST_LOGGED = 20_000


class Simulator:
    def __init__(self, store: Store, login: tuple[str, str]) -> None:
        self.clock = Clock()
        self.switchboard = Switchboard()
        self.tenant = Tenant()
        self._login = login
        self._log: deque[dict[str, Any]] = deque(maxlen=MOST_LOGGED)
        self._opportunities = Opportunities(store, self.tenant, self.switchboard, self.clock)
        self.control = Control(
            store, self._opportunities, self.tenant, self.switchboard, self.clock, self._log
        )

    def answer(self, request: Request) -> Reply:
        if request.path.startswith(PREFIX):
            return self.control.answer(request)
        if self.control.latency_s:
            time.sleep(self.control.latency_s)
        is_right = login_of(request) == self._login
        reply = self.tenant.first_reply(lambda habit: habit.before_login(request))
        is_admitted = not reply and self.tenant.fold(
            lambda habit, is_right: habit.admits(request, is_right=is_right), is_right
        )
        if not reply:
            reply = self._answer(request) if is_admitted else login_required()
        shown = self.clock.now() + timedelta(seconds=reply.clock_ahead_s)
        reply.headers["Date"] = format_datetime(shown.astimezone(UTC), usegmt=True)
        for habit in self.tenant.habits:
            habit.reply(request, reply)
        self._note(request, reply, is_admitted=bool(is_admitted))
        return reply

    def _note(self, request: Request, reply: Reply, *, is_admitted: bool) -> None:
        """Log what a reader asked for, without the password, for tests to look at."""
        headers = {k: v for k, v in request.headers.items() if k.lower() != "authorization"}
        self._log.append(
            {
                "method": request.method,
                "path": request.path,
                "params": request.params,
                "headers": headers,
                "authorized": is_admitted,
                "user": login_of(request)[0],
                "status": reply.status or None,
            }
        )

    def _answer(self, request: Request) -> Reply:
        instead = self.tenant.first_reply(lambda habit: habit.instead(request))
        return instead or self._opportunities.answer(request)
