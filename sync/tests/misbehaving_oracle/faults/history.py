"""Change rows under the reader, for good: the simulator goes on serving the truth."""

from datetime import timedelta
from functools import partial

from sync.simulator.attributes import LAST_UPDATE, OPTY_ID
from sync.simulator.instants import oracle_instant
from sync.tests.misbehaving_oracle.faults.scene import Scene
from sync.tests.misbehaving_oracle.faults.table import Stage, fault

changing = partial(fault, stage=Stage.HISTORY)
between = partial(changing, after=1, times=3)


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
