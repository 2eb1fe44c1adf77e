"""P8: killed at any moment, over and over, and the next run recovers without a person.

With P1 (mirror = source), P3 (people's columns bit-identical) and P5 (one RUNNING row).
"""

import time
from collections.abc import Iterator
from random import Random

import pytest

from sync.tests.reliability.decisions import DECIDE, NEW_PERSON, decisions
from sync.tests.reliability.depth import IS_FULL
from sync.tests.reliability.mirror import differences
from sync.tests.reliability.processes import SyncProcesses, watched_running_rows
from sync.tests.reliability.scene import made_up_rows, oracle_lives_on
from sync.tests.reliability.scratch_writing import write
from sync.tests.scratch_database import ScratchDatabase, scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

KILLS = 50 if IS_FULL else 6
NEW_AND_COUNTED = """
SELECT (SELECT count(*) FROM opportunities), (SELECT sum(new_records) FROM sync_logs)
"""
ENDS = "SELECT status, error_message FROM sync_logs ORDER BY id"


@pytest.fixture
def database() -> Iterator[ScratchDatabase]:
    with scratch_database() as database:
        yield database


@pytest.mark.postgres_by_day
def test_however_often_it_is_killed_one_more_run_makes_everything_right(
    database: ScratchDatabase, oracle: OracleSimulator
) -> None:
    rng = Random(9)
    oracle.serve(made_up_rows(120))
    # In so many lives more deals go than a run flags unasked.
    syncs = SyncProcesses(database, oracle, SYNC_REMOVAL_LIMIT="1000")
    oracle.latency(30)
    began = time.monotonic()
    assert syncs.run().returncode == 0
    whole_s = time.monotonic() - began
    write(database, NEW_PERSON)

    with watched_running_rows(database.rows) as seen:
        for number in range(KILLS):
            oracle_lives_on(oracle, rng)
            write(database, DECIDE)
            process = syncs.start(
                *("--full",) * (number % 2), ORACLE_CONCURRENCY=str(1 + number % 3)
            )
            # Spread over the whole run, so that no part of it is left out.
            time.sleep(whole_s * (number + rng.random()) / KILLS)
            process.kill()
            process.communicate()
            ((there, counted),) = database.rows(NEW_AND_COUNTED)
            assert there == counted, "a page and its counters are stored together"
        decided = decisions(database.rows)
        oracle.latency(0)
        clean = syncs.run()

    assert clean.returncode == 0, clean.stderr
    assert set(differences(oracle.rows(), database.rows).values()) <= {"only in the mirror"}
    assert syncs.run("--full").returncode == 0
    assert not differences(oracle.rows(), database.rows)
    assert decided.items() <= decisions(database.rows).items()
    assert max(seen) == 1
    assert_each_end_is_told(database)


def assert_each_end_is_told(database: ScratchDatabase) -> None:
    for status, message in database.rows(ENDS):
        assert status == "SUCCESS" or "ended without finishing it" in message
