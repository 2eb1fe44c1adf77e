"""Change rows under the reader, for good: the simulator goes on serving the truth."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sync.simulator.attributes import LAST_UPDATE, OPTY_ID
from sync.simulator.faults.table import Stage, fault
from sync.simulator.instants import oracle_instant
from sync.simulator.opportunity import new_opportunity
from sync.simulator.store import Store

changing = partial(fault, stage=Stage.HISTORY)
between = partial(changing, after=1, times=3)


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
        rng = Random(opty_id)  # noqa: S311 - rows to read, not secrets
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


@between("edit-between", "rows change between pages, behind and ahead of the reader")
def edit_between(scene: Scene, *, rows: int = 1) -> None:
    for opty_id in scene.around(rows):
        revenue = 1000 * scene.number + opty_id % 1000
        change = {"Revenue": revenue, LAST_UPDATE: oracle_instant(scene.now)}
        scene.store.merge([{OPTY_ID: opty_id, **change}])


@between("add-between", "rows are added between pages, behind and ahead of the reader")
def add_between(scene: Scene, *, rows: int = 1) -> None:
    for opty_id in scene.behind(rows):
        scene.add(scene.free_id(opty_id, -1), scene.now)
    for opty_id in scene.ahead(rows) or [scene.reader + 1]:
        scene.add(scene.free_id(opty_id, +1), scene.now)


@between("remove-between", "rows are removed between pages, behind and ahead of the reader")
def remove_between(scene: Scene, *, rows: int = 1) -> None:
    for opty_id in scene.around(rows):
        scene.store.remove(opty_id)


@changing("ties", "many rows are stamped with the same second, as by a bulk job", times=1)
def ties(scene: Scene, *, rows: int = 50) -> None:
    stamp = oracle_instant(scene.now)
    scene.store.merge({OPTY_ID: each, LAST_UPDATE: stamp} for each in scene.around(rows))


@changing(
    "late-commit", "a row appears late, with an older LastUpdateDate, behind the reader",
    after=1, times=1,
)  # fmt: skip
def late_commit(scene: Scene, *, seconds: float = 300.0) -> None:
    opty_id = scene.free_id(max(scene.reader, 2) - 1, -1)
    scene.add(opty_id, scene.now - timedelta(seconds=seconds))


@changing("row-ahead", "a row has a LastUpdateDate in the future", times=1)
def row_ahead(scene: Scene, *, seconds: float = 86_400.0) -> None:
    stamp = oracle_instant(scene.now + timedelta(seconds=seconds))
    scene.store.merge({OPTY_ID: each, LAST_UPDATE: stamp} for each in scene.ahead(1))
