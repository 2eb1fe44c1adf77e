"""Upgrade each version while people work: they wait a second at most, and lose nothing."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest

from bqs.tests.test_squashed_migrations import empty_database, schema_of
from bqs.tests.upkeep.people_at_work import PeopleAtWork
from sync.tests.migrated_template import IS_POSTGRES, PROJECT
from sync.tests.reliability.depth import NIGHTLY
from sync.tests.scratch_database import scratch_database

STATES = json.loads((Path(__file__).parent / "migration_states.json").read_text())
VERSIONS = [name for name in STATES if name[0].isdigit()]
ROWS = int(os.environ.get("UPGRADE_ROWS", "20000"))
READERS = int(os.environ.get("UPGRADE_READERS", "10"))
REQUIRED = (
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = '{}' AND "
    "is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' "
    "AND is_generated = 'NEVER'"
)
OF_A_TYPE = {"boolean": "false", "integer": "0", "bigint": "0", "jsonb": "'{}'", "numeric": "0"}
KNOWN = {
    "workflow_status": "'NEW'",
    "decision": "'NONE'",
    "crm_outcome": "'OPEN'",
    "requalification_changes": "'[]'",
}


def insert(database, table, numbers, **values):
    """Return a statement that fills each column that must have a value."""
    columns = dict(database.rows(REQUIRED.format(table)))
    known = KNOWN | values
    filled = [known.get(each) or _value(kind) for each, kind in columns.items()]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(filled)} FROM {numbers} AS n"
    )


def _value(kind):
    return "now()" if kind.startswith("timestamp") else OF_A_TYPE.get(kind, "''")


def fill(database):
    """Return how a sync of this version adds an opportunity."""
    deals = {"remote_id": "n::text", "name": "'Deal ' || n"}
    rows = f"generate_series(1, {ROWS})"
    with psycopg2.connect(database.url) as session, session.cursor() as cursor:
        cursor.execute(insert(database, "opportunities", rows, **deals))
        event = {"remote_id": "n::text", "action": "'COMMENT'", "channel": "'SCREEN'"}
        event |= {"from_status": "'NEW'", "to_status": "'NEW'"}
        cursor.execute(insert(database, "opportunity_events", rows, **event))
    session.close()
    new = {"remote_id": "(1000000 + n)::text", "name": "'New ' || n"}
    return insert(database, "opportunities", "generate_series(%(n)s, %(n)s)", **new)


@NIGHTLY
@pytest.mark.skipif(not IS_POSTGRES, reason="on SQLite one waits for the other anyway")
@pytest.mark.parametrize("version", VERSIONS)
def test_people_go_on_while_the_database_is_migrated(version, tmp_path):
    state = [f"{app}.{name}" for app, name in STATES[version].items()]
    with empty_database(tmp_path) as old, scratch_database() as new:
        command = [sys.executable, "-m", "bqs.tests.old_migrations", *state]
        subprocess.run(command, cwd=PROJECT, env=old.environment, check=True, timeout=300)
        new_deal = fill(old)
        with PeopleAtWork(old.url, READERS, new_deal) as people:
            time.sleep(1)
            started = time.monotonic()
            old.manage("migrate")
            took = time.monotonic() - started
            time.sleep(1)
        print(
            f"{ROWS} rows in {took:.1f} s, longest wait {people.longest_s:.2f} s: {people.longest}"
        )
        assert people.errors == []
        assert people.longest_s < 1
        assert people.read > READERS
        kept = "SELECT count(*), sum(lock_version) FROM opportunities"
        assert old.rows(kept) == [(ROWS + people.written, people.written)]
        events = old.rows("SELECT count(*) FROM opportunity_events")
        assert events == [(ROWS + people.written,)]
        assert schema_of(old) == schema_of(new)
