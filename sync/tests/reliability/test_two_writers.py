"""A page meets a row that another writer has just changed and not committed yet."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from opportunities.models import Opportunity
from sync.engine.refresh import refresh_opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import SyncLog, SyncType
from sync.tests.builders import oracle_item
from sync.tests.reliability.processes import wait_until
from sync.tests.scratch_database import IS_POSTGRES
from sync.tests.simulator_process import OracleSimulator

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has one writer at a time"),
]

OLDER, NEWEST = "2026-11-01T08:00:00+00:00", "2026-11-02T08:00:00+00:00"


@pytest.mark.parametrize("sync_type", SyncType)
def test_what_a_refresh_brings_while_a_page_waits_for_it_is_not_put_back(
    oracle: OracleSimulator, sync_type: SyncType
) -> None:
    oracle.serve([oracle_item(OptyId=7, Name="First")])
    run_sync(SyncRequest())
    oracle.edit({"OptyId": 7, "Name": "Older", "LastUpdateDate": OLDER})
    with ThreadPoolExecutor() as elsewhere:
        with transaction.atomic():
            Opportunity.objects.select_for_update().get()
            run = elsewhere.submit(synced, SyncRequest(sync_type))
            # It has read Oracle, and waits for the row.
            wait_until(somebody_waits)
            oracle.edit({"OptyId": 7, "Name": "Newest", "LastUpdateDate": NEWEST})
            refresh_opportunity("7")
        log = run.result()
    assert (log.sync_type, log.total_fetched, log.unchanged_records) == (sync_type, 1, 1)
    assert Opportunity.objects.get().name == "Newest"


def synced(order: SyncRequest) -> SyncLog:
    try:
        return run_sync(order).log
    finally:
        connection.close()


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])
