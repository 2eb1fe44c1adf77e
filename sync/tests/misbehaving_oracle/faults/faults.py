"""Let faults act at their steps of an answer, as a habit of the simulator."""

from collections.abc import Iterable
from datetime import datetime
from threading import local

from sync.simulator import exact_json
from sync.simulator.habits import Habit
from sync.simulator.messages import Reply, Request
from sync.simulator.selection import Page
from sync.simulator.shape import Item, Shape
from sync.simulator.store import Row, Store
from sync.tests.misbehaving_oracle.faults.scene import Scene
from sync.tests.misbehaving_oracle.faults.switchboard import LIST, ONE, Switchboard, Turn
from sync.tests.misbehaving_oracle.faults.table import Stage


class _Current(local):
    """Hold the faults that the request of this thread meets."""

    def __init__(self) -> None:
        self.turn = Turn(list)


class Faults(Habit):
    def __init__(self) -> None:
        self._switchboard = Switchboard()
        self._current = _Current()

    def set(self, words: Iterable[str]) -> None:
        self._switchboard.set(words)

    def instead_of_rows(self, request: Request, *, is_list: bool) -> Reply | None:
        turn = self._current.turn = self._switchboard.begin(LIST if is_list else ONE)
        for switch in turn[Stage.ANSWER]:
            reply: Reply = switch.act()
            return reply
        return None

    def before_page(self, store: Store, before: list[Row], now: datetime) -> None:
        for switch in self._current.turn[Stage.HISTORY]:
            reader = max((row.id for row in before), default=0)
            with store.lock:
                switch.act(Scene(store, now, reader, switch.hits))

    def page(self, page: Page) -> None:
        for switch in self._current.turn[Stage.PAGE]:
            switch.act(page)

    def items(self, rows: list[Row], shape: Shape, encoded: list[bytes]) -> None:
        spoiled: dict[int, Item] = {}
        for switch in self._current.turn[Stage.ITEM]:
            count = min(int(switch.options["rows"]), len(rows))
            # Spread over the page.
            for place in ((2 * part + 1) * len(rows) // (2 * count) for part in range(count)):
                item = spoiled.setdefault(place, shape.of(rows[place].item))
                switch.act(item)
        for place, item in spoiled.items():
            encoded[place] = exact_json.encode(item)

    def delivery(self, reply: Reply) -> None:
        for switch in self._current.turn[Stage.DELIVERY]:
            switch.act(reply)
