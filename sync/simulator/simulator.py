"""Put the parts of the simulator together."""

from datetime import UTC, timedelta
from email.utils import format_datetime

from sync.simulator.control import PREFIX, Control
from sync.simulator.errors import login_required
from sync.simulator.habits import Habits
from sync.simulator.instants import Clock
from sync.simulator.messages import Reply, Request, login_of
from sync.simulator.resource import Opportunities
from sync.simulator.store import Store


class Simulator:
    def __init__(self, store: Store, login: tuple[str, str]) -> None:
        self.clock = Clock()
        self.habits = Habits()
        self.opportunities = Opportunities(store, self.habits, self.clock)
        self.control = Control(store)
        self._login = login

    def answer(self, request: Request) -> Reply:
        if request.path.startswith(PREFIX):
            return self.control.answer(request)
        reply = self.habits.first_reply(lambda habit: habit.before_login(request))
        reply = reply or self._answer(request)
        shown = self.clock.now() + timedelta(seconds=reply.clock_ahead_s)
        reply.headers["Date"] = format_datetime(shown.astimezone(UTC), usegmt=True)
        for habit in self.habits.all:
            habit.reply(request, reply)
        return reply

    def _answer(self, request: Request) -> Reply:
        is_admitted = self.habits.fold(
            lambda habit, is_right: habit.admits(request, is_right=is_right),
            login_of(request) == self._login,
        )
        if not is_admitted:
            return login_required()
        instead = self.habits.first_reply(lambda habit: habit.instead(request))
        return instead or self.opportunities.answer(request)
