"""Where a peer is measured: one PostgreSQL server, one simulator of so many rows."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bench.peers import CONDITIONS, Peer, peer
from bench.runs import Run
from bench.scratch_postgres import Server, scratch_postgres
from sync.tests.simulator_process import OracleSimulator

PROJECT = Path(__file__).resolve().parents[1]
STOPWATCH = Path(__file__).with_name("stopwatch.py")
MIGRATED, EMPTY = "migrated", "template1"
WRITTEN = """
    SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint FROM pg_stat_user_tables
    WHERE relname IN ('opportunities', 'opportunity_changes')
"""
_numbers = count(1)


class PeerFailed(Exception):
    """A peer ended with an error; there is no figure then."""


@contextmanager
def migrated_server() -> Iterator[Server]:
    """Raises: NoPostgres."""
    with scratch_postgres() as server:
        server.create(MIGRATED)
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v", "0"],
            cwd=PROJECT,
            env=environment({"DATABASE_URL": server.url(MIGRATED)}),
            check=True,
        )
        server.settle(MIGRATED)
        yield server


@contextmanager
def stand(server: Server, rows: int, latency_ms: float) -> Iterator["Stand"]:
    arguments = ("--rows", str(rows), "--latency-ms", str(latency_ms))
    with (
        OracleSimulator(*arguments) as oracle,
        tempfile.TemporaryDirectory(prefix="bqs-bench-dlt-") as folder,
    ):
        place = Stand(server, oracle, rows, Path(folder), latency_ms)
        place.warm_up()
        yield place


@dataclass(frozen=True)
class Stand:
    server: Server
    oracle: OracleSimulator
    rows: int
    folder: Path
    """What dlt keeps from one run to the next."""
    latency_ms: float

    @contextmanager
    def database(self, of: Peer) -> Iterator[str]:
        """One of its own, as it is before a first sync."""
        template = MIGRATED if of.has_our_table else EMPTY
        with self.server.database(f"{of.name}_{next(_numbers)}", template) as name:
            yield name

    def warm_up(self) -> None:
        """The simulator encodes each row once only: that must not fall on the first peer."""
        self.oracle.latency(0)
        self.read_the_wire("warm-up")
        self.oracle.latency(self.latency_ms)

    def read_the_wire(self, kind: str) -> Run:
        wire = peer("wire")
        with self.database(wire) as database:
            return self.run(kind, wire, database)

    def run(self, kind: str, who: Peer, database: str) -> Run:
        """Raises: PeerFailed."""
        self.server.settle(database)
        return self.watched(kind, who.name, database, lambda: self._time(who, database))

    def watched(
        self, kind: str, name: str, database: str, measure: Callable[[], dict[str, float]]
    ) -> Run:
        """Add what Oracle was asked and what PostgreSQL did meanwhile."""
        written, postgres_s = self.written(database), self.server.cpu_s()
        self.oracle.forget_requests()
        measured = measure()
        postgres_s = self.server.cpu_s() - postgres_s
        requests = len(self.oracle.requests())
        self.server.settle(database)
        written = self.written(database) - written
        return Run(
            kind,
            name,
            self.rows,
            **measured,
            requests=requests,
            written=written,
            postgres_s=postgres_s,
            latency_ms=self.latency_ms,
        )

    def _time(self, who: Peer, database: str) -> dict[str, float]:
        addresses = {
            "ORACLE_BASE_URL": self.oracle.url,
            "DATABASE_URL": self.server.url(database),
            "DLT_DATA_DIR": str(self.folder / database),
        }
        watched = subprocess.run(  # noqa: S603
            [sys.executable, "-S", STOPWATCH, *who.command],
            cwd=PROJECT,
            env=environment(addresses),
            capture_output=True,
            text=True,
            check=True,
        )
        measured: dict[str, float] = json.loads(watched.stdout)
        if code := measured.pop("code"):
            raise PeerFailed(f"{who.name} ended with {code:.0f}:\n{watched.stderr[-2000:]}")
        return measured

    def written(self, database: str) -> int:
        return int(self.server.rows(WRITTEN, database)[0][0])


def environment(more: dict[str, str]) -> dict[str, str]:
    """Nothing of the caller's but where programs are: no .env, no proxy, no PGHOST."""
    return {"PATH": os.environ["PATH"], "HOME": str(Path.home()), **CONDITIONS, **more}
