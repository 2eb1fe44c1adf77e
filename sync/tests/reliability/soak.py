"""A day of Oracle in minutes, which a process follows; and what must be so at its end.

Oracle's clock runs fast and ends at our present, so that it is never ahead of ours. No row changes
twice in the same field: each change can be told apart in the history.
"""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sync.simulator.shape import Item
from sync.tests.reliability.mirror import Query
from sync.tests.simulator_process import PROJECT, OracleSimulator

POLL = timedelta(seconds=15)
RUN_EVERY = timedelta(minutes=5)
TICK = timedelta(seconds=20)
LATEST_COMMIT_S = 480
HISTORY = """
    SELECT o.remote_id, c.field, c.new FROM opportunity_changes c
    JOIN opportunities o ON o.id = c.opportunity_id
"""
FAULTS = (
    *("error-503:times=1", "error-500:times=6", "reset:times=1", "cut:times=1", "bad-json:times=1"),
    *("throttle:times=1,seconds=0", "empty:times=1"),
)
LONGEST_WAIT_S = 60

Change = tuple[str, str, str]


@dataclass
class Day:
    oracle: OracleSimulator
    hours: float
    seconds: float
    """How long it takes here."""
    rng: Random = field(default_factory=lambda: Random(1))
    changes: Counter[Change] = field(default_factory=Counter)
    """What the history must hold."""
    faults: int = 0

    def __post_init__(self) -> None:
        self._rows = self.oracle.rows()
        self.rng.shuffle(self._rows)
        self._number = 0
        self.now = datetime.now(UTC) - timedelta(hours=self.hours)
        self.oracle.clock(self.now.isoformat())

    @property
    def pace(self) -> float:
        """How many of its seconds pass in one of ours."""
        return self.hours * 3600 / self.seconds

    def passes(self) -> Iterator[float]:
        """Yield which share of it has passed, tick by tick."""
        began, began_s = self.now, time.monotonic()
        while (passed_s := time.monotonic() - began_s) < self.seconds:
            self.now = began + timedelta(seconds=passed_s * self.pace)
            self.oracle.clock(self.now.isoformat())
            self._tick()
            yield passed_s / self.seconds
            time.sleep(TICK.total_seconds() / self.pace)
        self.oracle.faults()

    def _tick(self) -> None:
        chance = self.rng.random()
        if chance < 0.1:
            self._change(self.rng.randrange(1, 6), self._commit_delay())
        elif chance < 0.11:
            self._add()
        elif chance < 0.112:
            self._change(len(self._rows) // 50)
        elif chance < 0.13:
            self.faults += 1
            self.oracle.faults(self.rng.choice(FAULTS))

    def _commit_delay(self) -> timedelta:
        """Some transactions stay open for minutes after they stamped their row."""
        is_late = self.rng.random() < 0.1
        return timedelta(seconds=self.rng.randrange(LATEST_COMMIT_S) if is_late else 0)

    def _change(self, count: int, delay: timedelta = timedelta(0)) -> None:
        stamp = (self.now - delay).isoformat(timespec="seconds")
        some, self._rows = self._rows[:count], self._rows[count:]
        self.oracle.edit(*(self._changed(row, stamp) for row in some))

    def _changed(self, row: Item, stamp: str) -> Item:
        self._number += 1
        revenue = 900_000_000 + self._number
        self.changes[str(row["OptyId"]), "deal_value", f"{revenue}.00"] += 1
        return {"OptyId": row["OptyId"], "Revenue": revenue, "LastUpdateDate": stamp}

    def _add(self) -> None:
        self._number += 1
        if self._rows:
            stamp = self.now.isoformat(timespec="seconds")
            new = {**self._rows[0], "OptyId": self._number, "OptyNumber": f"new {self._number}"}
            self.oracle.edit({**new, "LastUpdateDate": stamp, "CreationDate": stamp})


@contextmanager
def follower(day: Day, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """`sync_oracle --follow` as a process, in which time passes as fast as in the day."""
    every_s, run_every_s = (each.total_seconds() / day.pace for each in (POLL, RUN_EVERY))
    program = (
        "import django; django.setup()\n"
        "from django.core.management import execute_from_command_line as run\n"
        f"from sync.engine import follow; follow.RUN_EVERY_S = {run_every_s}\n"
        # Work takes as long as ever.
        "follow.IDLE_SHARE = 0\n"
        f"run(['manage.py', 'sync_oracle', '--follow', '{every_s}'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        env={
            **environment,
            "DJANGO_SETTINGS_MODULE": "bqs.settings",
            "ORACLE_BASE_URL": day.oracle.url,
            "ORACLE_BACKOFF_S": "0.01",
        },
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def history(query: Query) -> Counter[Change]:
    return Counter((remote_id, name, new) for remote_id, name, new in query(HISTORY))


def wait_for_history(day: Day, query: Query) -> Counter[Change]:
    """Return it once it has as many changes and the mirror as many deals, or after a minute."""
    deadline, deals = time.monotonic() + LONGEST_WAIT_S, len(day.oracle.rows())
    while time.monotonic() < deadline:
        # A new deal leaves nothing in the history.
        ((mirrored,),) = query("SELECT count(*) FROM opportunities")
        if mirrored >= deals and history(query).total() >= day.changes.total():
            break
        time.sleep(0.1)
    return history(query)


def memory_mb(process: subprocess.Popen[bytes]) -> float:
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    (rss,) = (line.split()[1] for line in lines if line.startswith("VmRSS"))
    return int(rss) / 1024
