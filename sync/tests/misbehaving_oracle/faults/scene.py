"""Show a fault that changes rows where the reader stands."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from sync.simulator.attributes import LAST_UPDATE
from sync.simulator.instants import oracle_instant
from sync.simulator.opportunity import new_opportunity
from sync.simulator.store import Store


@dataclass
class Scene:
    """Hold rows and reader at the moment before a page is read."""

    store: Store
    now: datetime
    reader: int
    """The highest OptyId of the page before; 0 at the beginning."""
    number: int
    """Counts the requests that meet the fault, so that each meets other rows."""

    def behind(self, count: int) -> list[int]:
        return self._some([each for each in self.store.ids if each <= self.reader], count)

    def ahead(self, count: int) -> list[int]:
        return self._some([each for each in self.store.ids if each > self.reader], count)

    def around(self, count: int) -> list[int]:
        return self.behind(count) + self.ahead(count)

    def add(self, opty_id: int, updated_at: datetime) -> None:
        rng = Random(opty_id)
        item = new_opportunity(rng, opty_id, self.now)
        self.store.merge([{**item, LAST_UPDATE: oracle_instant(updated_at)}])

    def free_id(self, near: int, step: int) -> int:
        while self.store.get(near):
            near += step
        return near

    def _some(self, ids: list[int], count: int) -> list[int]:
        """Return ids spread over all, beginning elsewhere each time."""
        count = min(count, len(ids))
        return [ids[(part * len(ids) // count + self.number) % len(ids)] for part in range(count)]
