"""What every fault meets: a mirror that people have worked in, and an Oracle that has moved on."""

from datetime import UTC, datetime
from random import Random
from typing import Any

from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import SyncLog
from sync.simulator.rows import made_up
from sync.simulator.shape import Item
from sync.tests.simulator_process import OracleSimulator

ROWS = 60
LATER = "2026-11-20T12:00:00+00:00"
STATUSES = ("OPEN", "WON", "LOST", "NO_SALE")


def sync(**order: Any) -> SyncLog:
    return run_sync(SyncRequest(**order)).log


def made_up_rows(count: int = ROWS) -> list[Item]:
    """Rows of every kind, nulls and odd letters among them; the same each time."""
    return list(made_up(count))


def oracle_moves_on(oracle: OracleSimulator) -> None:
    """Six deals change, two close, two reopen, two are new and one is gone."""
    rows = oracle.rows()
    opened = [row["OptyId"] for row in rows if row["StatusCode"] == "OPEN"]
    closed = [row["OptyId"] for row in rows if row["StatusCode"] in ("WON", "LOST")]
    moved = {"LastUpdateDate": LATER}
    oracle.edit(
        *({"OptyId": each, "Revenue": 4711, "Name": "Changed", **moved} for each in opened[::5]),
        *({"OptyId": each, "StatusCode": "WON", **moved} for each in opened[1:3]),
        *({"OptyId": each, "StatusCode": "OPEN", **moved} for each in closed[:2]),
        *({**row, "OptyId": row["OptyId"] + 1, "OptyNumber": f"new {n}", **moved}
          for n, row in enumerate(rows[20:22])),
    )  # fmt: skip
    oracle.remove(opened[3])


def oracle_lives_on(oracle: OracleSimulator, rng: Random) -> None:
    """Some deals change, close and reopen, some come, one goes: now, on Oracle's own clock."""
    rows = {row["OptyId"]: row for row in oracle.rows()}
    moved = {"LastUpdateDate": datetime.now(UTC).isoformat(timespec="seconds")}
    some = rng.sample(sorted(rows), 16)
    twins = ({**rows[each], "OptyId": each + 1, "OptyNumber": f"n {each}"} for each in some[12:15])
    oracle.edit(
        *({"OptyId": each, "Revenue": rng.randrange(10**6), **moved} for each in some[:6]),
        *({"OptyId": each, "StatusCode": rng.choice(STATUSES), **moved} for each in some[6:12]),
        *({**twin, **moved} for twin in twins),
    )
    oracle.remove(some[15])


def oracle_changes_all(oracle: OracleSimulator) -> None:
    """Every deal gets another name."""
    moved = {"Name": "Changed", "LastUpdateDate": LATER}
    oracle.edit(*({"OptyId": row["OptyId"], **moved} for row in oracle.rows()))
