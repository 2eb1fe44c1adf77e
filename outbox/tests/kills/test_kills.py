"""Writers and workers die at any moment, and nothing is lost; what comes twice has the same id.

The nightly run kills fifty: RELIABILITY=full pytest -s outbox/tests/kills
"""

import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager

import pytest

from outbox.tests.kills.receiver import receiver
from sync.tests.migrated_template import PROJECT
from sync.tests.reliability.depth import IS_FULL, NIGHTLY
from sync.tests.scratch_database import scratch_database

KILLS = 50 if IS_FULL else 4
STAFF = ("writer", "writer", "worker", "worker")
DRAINED_WITHIN_S = 60


class Herd:
    """Processes on a database of their own, and who of them lives."""

    def __init__(self, process):
        self._process, self.living = process, {}

    def start(self, kind):
        self._process.stdin.write(f"{kind}\n")
        self._process.stdin.flush()
        self.living[int(self._process.stdout.readline())] = kind

    def kill(self, pid):
        os.kill(pid, signal.SIGKILL)
        return self.living.pop(pid)

    def kill_all(self, kind):
        for pid in [pid for pid, its in self.living.items() if its == kind]:
            self.kill(pid)


@contextmanager
def herd(database, url, *, interval_s, rest_s):
    process = subprocess.Popen(
        [sys.executable, "-m", "outbox.tests.kills.herd", url, str(interval_s), str(rest_s)],
        cwd=PROJECT,
        env=database.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        found = Herd(process)
        try:
            found.start("scene")
            found.living.clear()
            yield found
        finally:
            for kind in {*STAFF}:
                found.kill_all(kind)
            process.stdin.close()


def drain(database):
    """Wait until workers have done all that waits."""
    waiting = (
        "SELECT (SELECT count(*) FROM outbox_events WHERE expanded_at IS NULL)"
        " + (SELECT count(*) FROM outbox_deliveries WHERE state = 'WAITING')"
    )
    deadline = time.monotonic() + DRAINED_WITHIN_S
    while database.rows(waiting) != [(0,)]:
        assert time.monotonic() < deadline, "Something stays undelivered."
        time.sleep(0.2)


@pytest.mark.postgres_by_day
def test_no_kill_loses_an_event_and_a_repeat_is_recognised():
    seed = random.randrange(10_000)
    rng = random.Random(seed)
    with scratch_database() as database, receiver() as server:
        with herd(database, server.url, interval_s=0.1, rest_s=0.02) as processes:
            for kind in STAFF:
                processes.start(kind)
            for _ in range(KILLS):
                time.sleep(rng.uniform(0.1, 0.7))
                processes.start(processes.kill(rng.choice(sorted(processes.living))))
            time.sleep(0.5)
            processes.kill_all("writer")
            drain(database)
        trail = {
            f"opportunity_event:{key}"
            for (key,) in database.rows("SELECT id FROM opportunity_events")
        }
        recorded = database.rows("SELECT source FROM outbox_events ORDER BY source")
        delivered = database.rows("SELECT state FROM outbox_deliveries")
    ids = defaultdict(set)
    for source, delivery, _ in server.received:
        ids[source].add(delivery)
    told = f"seed {seed}: {len(trail)} events, {len(server.received) - len(ids)} repeats"
    print(f"{KILLS} kills, {told}")
    assert trail, told
    assert recorded == sorted((source,) for source in trail), told
    assert ids.keys() == trail, told
    assert {len(each) for each in ids.values()} == {1}, told
    assert delivered == [("DELIVERED",)] * len(trail), told


@NIGHTLY
def test_a_worker_that_looks_each_second_delivers_within_three():
    with (
        scratch_database() as database,
        receiver() as server,
        herd(database, server.url, interval_s=1, rest_s=0.2) as processes,
    ):
        processes.start("worker")
        processes.start("writer")
        time.sleep(30)
        processes.kill_all("writer")
        drain(database)
    delays = [delay for _, its, delay in server.received if its not in server.refused]
    p95 = statistics.quantiles(delays, n=20)[-1]
    print(f"{len(delays)} delivered: median {statistics.median(delays):.2f} s, p95 {p95:.2f} s")
    assert p95 < 3
