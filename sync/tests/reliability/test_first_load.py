"""A first load goes without the indexes of lists; whatever happens, they are back afterwards."""

from collections.abc import Iterator
from contextlib import closing
from subprocess import Popen

import psycopg2
import pytest

from sync.tests.reliability.mirror import differences
from sync.tests.reliability.processes import SyncProcesses, ended, wait_until
from sync.tests.reliability.scene import made_up_rows
from sync.tests.scratch_database import IS_POSTGRES, ScratchDatabase, scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not IS_POSTGRES, reason="SQLite keeps its indexes all the time"),
]

INDEXES = "SELECT indexdef FROM pg_indexes WHERE tablename = 'opportunities' ORDER BY 1"
CONDITION = " WHERE "
LOADED = "SELECT count(*) FROM opportunities"


@pytest.fixture
def database() -> Iterator[ScratchDatabase]:
    with scratch_database() as database:
        yield database


@pytest.fixture
def syncs(database: ScratchDatabase, oracle: OracleSimulator) -> SyncProcesses:
    oracle.serve(made_up_rows(120))
    oracle.latency(50)
    return SyncProcesses(database, oracle)


def begin_to_load(syncs: SyncProcesses, database: ScratchDatabase) -> Popen[str]:
    process = syncs.start()
    wait_until(lambda: bool(database.rows(LOADED)[0][0]))
    return process


def test_its_indexes_are_gone_while_it_loads_and_all_there_when_it_ends(
    database: ScratchDatabase, syncs: SyncProcesses
) -> None:
    migrated = database.rows(INDEXES)

    process = begin_to_load(syncs, database)
    while_loading = database.rows(INDEXES)

    assert ended(process).returncode == 0
    assert len(while_loading) < len(migrated)
    assert [each for each in while_loading if CONDITION in each[0]] == [
        each for each in migrated if CONDITION in each[0]
    ]
    assert database.rows(INDEXES) == migrated


def test_killed_while_it_loads_it_leaves_them_to_the_next_run(
    database: ScratchDatabase, oracle: OracleSimulator, syncs: SyncProcesses
) -> None:
    migrated = database.rows(INDEXES)
    process = begin_to_load(syncs, database)
    process.kill()
    process.communicate()
    assert database.rows(INDEXES) != migrated

    assert syncs.run().returncode == 0
    assert database.rows(INDEXES) == migrated
    assert not differences(oracle.rows(), database.rows)


def test_somebody_who_reads_for_long_does_not_hold_it_up(
    database: ScratchDatabase, oracle: OracleSimulator, syncs: SyncProcesses
) -> None:
    migrated = database.rows(INDEXES)
    with closing(psycopg2.connect(database.url)) as reader:
        reader.cursor().execute(LOADED)  # Its transaction stays open.
        assert syncs.run().returncode == 0

    assert database.rows(INDEXES) == migrated
    assert not differences(oracle.rows(), database.rows)


def test_a_user_who_may_only_write_rows_loads_with_the_indexes(
    database: ScratchDatabase, oracle: OracleSimulator, syncs: SyncProcesses
) -> None:
    migrated = database.rows(INDEXES)
    with closing(psycopg2.connect(database.url)) as owner:
        owner.cursor().execute(
            "CREATE ROLE bqs_writes_rows;"
            "GRANT USAGE ON SCHEMA public TO bqs_writes_rows;"
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO bqs_writes_rows;"
            "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO bqs_writes_rows"
        )
        owner.commit()
        try:
            ran = syncs.run(PGOPTIONS="-c role=bqs_writes_rows")
        finally:
            owner.cursor().execute("DROP OWNED BY bqs_writes_rows; DROP ROLE bqs_writes_rows")
            owner.commit()

    assert ran.returncode == 0, ran.stderr
    assert database.rows(INDEXES) == migrated
    assert not differences(oracle.rows(), database.rows)
