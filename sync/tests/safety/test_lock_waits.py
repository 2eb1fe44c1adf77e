from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.db import connection
from pytest_django import Settings

from opportunities.access.roles import Role
from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import OpportunityFactory
from sync.tests.builders import oracle_item
from sync.tests.scratch_database import ScratchDatabase, scratch_database
from sync.tests.simulator_process import OracleSimulator
from sync.tests.sync_process import sync_process

pytestmark = pytest.mark.django_db
LAST = "SELECT status, error_message FROM sync_logs ORDER BY id DESC LIMIT 1"
NAMES = "SELECT name FROM opportunities"
IMPATIENT = {"SYNC_LOCK_TIMEOUT_S": "0.5"}


@pytest.fixture
def mirror(oracle: OracleSimulator) -> Iterator[ScratchDatabase]:
    """With one record, of which Oracle has news."""
    oracle.serve([oracle_item(OptyId=1, Name="Former")])
    with scratch_database() as database:
        assert sync_process(database, oracle).returncode == 0
        oracle.serve([oracle_item(OptyId=1, Name="New")])
        yield database


def test_what_somebody_has_locked_is_not_waited_for_for_ever(
    mirror: ScratchDatabase, oracle: OracleSimulator
) -> None:
    with mirror.opportunities_taken():
        answer = sync_process(mirror, oracle, "--full", **IMPATIENT)
    assert answer.returncode == 1
    assert "stayed locked for 0.5 s (SYNC_LOCK_TIMEOUT_S)" in answer.stderr
    if connection.vendor == "postgresql":  # SQLite could not write a log either.
        status, payload = mirror.rows(LAST)[0]
        assert status == "FAILED"
        assert payload in answer.stderr

    assert sync_process(mirror, oracle, "--full", **IMPATIENT).returncode == 0
    assert mirror.rows(NAMES) == [("New",)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks all of a database")
@pytest.mark.django_db(transaction=True)
def test_a_refresh_of_one_locked_record_answers_with_what_is_stored(
    oracle: OracleSimulator, settings: Settings
) -> None:
    oracle.serve([oracle_item(OptyId=7, Name="New")])
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    OpportunityFactory(remote_id="7", name="Former", crm_updated_at=long_ago)
    settings.ORACLE_BASE_URL, settings.SYNC_LOCK_TIMEOUT_S = oracle.url, 0.2
    operator = any_user(roles=[Role.ADMINISTRATOR])
    with closing(connection.copy()) as other:
        other.set_autocommit(False)
        other.cursor().execute("SELECT id FROM opportunities FOR UPDATE")
        answer = operator.post("/api/oracle-opportunity/7").json()
    assert (answer["name"], answer["stale"]) == ("Former", True)
    assert "stayed locked for 0.2 s" in answer["stale_reason"]
