from collections.abc import Iterator

import pytest
from django.db import connection

from sync.tests.builders import oracle_item
from sync.tests.pgbouncer import PROGRAM, pgbouncer
from sync.tests.scratch_database import ScratchDatabase, scratch_database
from sync.tests.simulator_process import OracleSimulator
from sync.tests.sync_process import sync_process

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="poolers are PostgreSQL's"),
    pytest.mark.skipif(not PROGRAM, reason="pgbouncer is not installed"),
]
LOGS = "SELECT status FROM sync_logs"
EXPORT = """
import os, psycopg2
from opportunities.models import Opportunity
from opportunities.tests.factories import OpportunityFactory
OpportunityFactory.create_batch(10)
rows = Opportunity.objects.iterator(chunk_size=1)
next(rows)
# Another client has the session that the first row came from.
psycopg2.connect(os.environ["DATABASE_URL"]).cursor().execute("SELECT 1")
print(len(list(rows)))
"""


@pytest.fixture
def database(oracle: OracleSimulator) -> Iterator[ScratchDatabase]:
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 11)])
    connection.ensure_connection()
    with scratch_database() as database:
        yield database


def test_a_pooler_in_transaction_mode_is_refused_before_anything_is_read(
    database: ScratchDatabase, oracle: OracleSimulator
) -> None:
    with pgbouncer(database.url, "transaction") as pooled:
        answer = sync_process(database, oracle, DATABASE_URL=pooled)
    assert answer.returncode == 1
    assert "connection pooler in transaction mode" in answer.stderr
    assert "SYNC_DATABASE_URL" in answer.stderr
    assert not oracle.requests()
    assert database.rows(LOGS) == []


def test_syncs_go_past_the_pooler_by_their_own_address(
    database: ScratchDatabase, oracle: OracleSimulator
) -> None:
    with pgbouncer(database.url, "transaction") as pooled:
        ways = {"DATABASE_URL": pooled, "SYNC_DATABASE_URL": database.url}
        answer = sync_process(database, oracle, **ways)
    assert answer.returncode == 0, answer.stderr
    assert database.rows(LOGS) == [("SUCCESS",)]


def test_a_pooler_in_session_mode_keeps_the_lock(
    database: ScratchDatabase, oracle: OracleSimulator
) -> None:
    with pgbouncer(database.url, "session") as pooled:
        answer = sync_process(database, oracle, DATABASE_URL=pooled)
    assert answer.returncode == 0, answer.stderr
    assert database.rows(LOGS) == [("SUCCESS",)]


def test_an_export_behind_a_pooler_is_whole_though_others_get_its_session(
    database: ScratchDatabase,
) -> None:
    with pgbouncer(database.url, "transaction") as pooled:
        ways = {"DATABASE_URL": pooled, "SYNC_DATABASE_URL": database.url}
        told = database.manage("shell", "--no-imports", "-c", EXPORT, **ways)
    assert told.stdout == "9\n"
