"""PostgreSQL goes away in the middle of a run, as by a power cut, and comes back."""

from collections.abc import Callable, Iterator

import pytest

from sync.tests.reliability.decisions import DECIDE, NEW_PERSON, decisions
from sync.tests.reliability.mirror import differences
from sync.tests.reliability.postgres_cluster import PostgresCluster, can_start
from sync.tests.reliability.processes import SyncProcesses, ended, wait_until
from sync.tests.reliability.scene import made_up_rows, oracle_changes_all
from sync.tests.reliability.scratch_writing import write
from sync.tests.scratch_database import IS_POSTGRES, ScratchDatabase
from sync.tests.simulator_process import OracleSimulator

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has no server to stop"),
    pytest.mark.skipif(not can_start(), reason="PostgreSQL's initdb and pg_ctl are not here"),
]

LAST_RUN = "SELECT status, pages, updated_records FROM sync_logs ORDER BY id DESC LIMIT 1"
CHANGED = "SELECT count(*) FROM opportunities WHERE name = 'Changed'"


@pytest.fixture(scope="module")
def cluster() -> Iterator[PostgresCluster]:
    with PostgresCluster() as cluster:
        cluster.database.manage("migrate", "-v", "0")
        write(cluster.database, NEW_PERSON)
        yield cluster


@pytest.fixture
def decided(cluster: PostgresCluster, oracle: OracleSimulator) -> ScratchDatabase:
    """Its database, with a mirror that people have worked in."""
    write(cluster.database, "TRUNCATE opportunities, sync_logs CASCADE")
    oracle.serve(made_up_rows(120))
    assert SyncProcesses(cluster.database, oracle).run().returncode == 0
    write(cluster.database, DECIDE)
    return cluster.database


def stop(cluster: PostgresCluster) -> None:
    cluster.stop()


def restart(cluster: PostgresCluster) -> None:
    cluster.stop()
    cluster.start()


@pytest.mark.parametrize("happen", [stop, restart])
@pytest.mark.parametrize("connections", ["1", "4"])
def test_a_run_ends_in_one_sentence_and_the_next_one_heals(
    cluster: PostgresCluster,
    decided: ScratchDatabase,
    oracle: OracleSimulator,
    happen: Callable[[PostgresCluster], None],
    connections: str,
) -> None:
    before = decisions(decided.rows)
    oracle_changes_all(oracle)
    oracle.latency(100)
    syncs = SyncProcesses(decided, oracle, ORACLE_CONCURRENCY=connections)
    process = syncs.start("--full")
    wait_until(lambda: decided.rows(LAST_RUN)[0][1] in range(3, 10))
    happen(cluster)
    broken = ended(process)
    if happen is stop:
        cluster.start()

    assert broken.returncode == 1
    assert broken.stderr.startswith("The database failed: ")
    assert broken.stderr.count("\n") == 1
    ((status, _, updated),) = decided.rows(LAST_RUN)
    assert status in ("FAILED", "RUNNING")
    assert decided.rows(CHANGED) == [(updated,)]
    assert syncs.run("--full").returncode == 0
    assert not differences(oracle.rows(), decided.rows)
    assert decisions(decided.rows) == before
    assert not decided.rows("SELECT id FROM sync_logs WHERE status = 'RUNNING'")
