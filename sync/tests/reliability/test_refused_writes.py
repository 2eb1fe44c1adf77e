"""The database takes no more in the middle of a run: one sentence, no half page, then healed."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from sync.tests.reliability.mirror import differences
from sync.tests.reliability.processes import MANAGE, SyncProcesses
from sync.tests.reliability.scene import made_up_rows
from sync.tests.reliability.scratch_writing import write
from sync.tests.scratch_database import IS_POSTGRES, ScratchDatabase, scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

# What a small disk is to SQLite: a file that may grow by so many pages only.
ON_A_SMALL_DISK = """
import sys
from django.core.management import execute_from_command_line
from django.db.backends.signals import connection_created

def leave_little_room(connection, **_):
    with connection.cursor() as cursor:
        ((used,),) = cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {used + 6}")

connection_created.connect(leave_little_room)
execute_from_command_line(["manage.py", *sys.argv[1:]])
"""
FULL_DISK = """
CREATE FUNCTION fill_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF (SELECT count(*) FROM opportunities) > 35 THEN
        RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER refusal AFTER INSERT ON opportunities FOR EACH STATEMENT EXECUTE FUNCTION fill_up()
"""
REFUSED_COUNTERS_HERE = """
CREATE TRIGGER refusal BEFORE UPDATE ON sync_logs WHEN NEW.pages = 3
BEGIN SELECT RAISE(ABORT, 'not the counters'); END
"""
REFUSED_COUNTERS_THERE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.pages = 3 THEN RAISE EXCEPTION 'not the counters' USING ERRCODE = 'disk_full'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refusal BEFORE UPDATE ON sync_logs FOR EACH ROW EXECUTE FUNCTION refuse()
"""


@dataclass
class Refusal:
    words: str
    """What the database says."""
    table: str = ""
    trigger: str = ""
    program: tuple[str, ...] = MANAGE


FULL = (
    Refusal("No space left on device", "opportunities", FULL_DISK)
    if IS_POSTGRES
    else Refusal("database or disk is full", program=("-c", ON_A_SMALL_DISK))
)
COUNTERS = Refusal(
    "not the counters",
    "sync_logs",
    REFUSED_COUNTERS_THERE if IS_POSTGRES else REFUSED_COUNTERS_HERE,
)


@pytest.fixture
def database() -> Iterator[ScratchDatabase]:
    with scratch_database() as database:
        yield database


@pytest.mark.parametrize("refusal", [FULL, COUNTERS], ids=["a full disk", "refused counters"])
def test_a_refused_write_ends_the_run_and_leaves_no_half_page(
    database: ScratchDatabase, oracle: OracleSimulator, refusal: Refusal
) -> None:
    oracle.serve(made_up_rows(120))
    syncs = SyncProcesses(database, oracle)
    if refusal.trigger:
        write(database, refusal.trigger)
    refused = syncs.run(program=refusal.program)
    if refusal.trigger:
        where = f"ON {refusal.table}" if IS_POSTGRES else ""
        write(database, f"DROP TRIGGER refusal {where}")

    assert refused.returncode == 1
    assert refused.stderr == f"The database failed: {refusal.words}\n"
    ((status, new, pages),) = database.rows("SELECT status, new_records, pages FROM sync_logs")
    assert status in ("FAILED", "RUNNING")
    assert database.rows("SELECT count(*) FROM opportunities") == [(new,)]
    assert 0 < new < 120
    assert pages > 0
    healed = syncs.run()
    assert healed.returncode == 0, healed.stderr
    assert not differences(oracle.rows(), database.rows)


READ_ONLY_HERE = ON_A_SMALL_DISK.replace(
    'cursor.execute(f"PRAGMA max_page_count = {used + 6}")',
    'cursor.execute("PRAGMA query_only = TRUE")',
)


def test_a_database_that_takes_nothing_at_all_is_one_sentence(
    database: ScratchDatabase, oracle: OracleSimulator
) -> None:
    oracle.serve(made_up_rows(10))
    refused = SyncProcesses(database, oracle).run(
        program=MANAGE if IS_POSTGRES else ("-c", READ_ONLY_HERE),
        PGOPTIONS="-c default_transaction_read_only=on",
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("The database failed: ")
    assert refused.stderr.count("\n") == 1
    assert database.rows("SELECT count(*) FROM sync_logs") == [(0,)]
    assert not oracle.requests(), "what nobody can write down is not read"
