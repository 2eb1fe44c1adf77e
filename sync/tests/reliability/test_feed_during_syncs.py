"""A program that follows the change feed while syncs write misses nothing.

One that asked for `changed_since` ended such a race with 96 stale values of 3,000, and took 58
removed deals for present.
"""

import json
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from opportunities.models import Opportunity
from opportunities.tests.feed.reader import Reader
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import SyncType
from sync.tests.builders import oracle_item
from sync.tests.migrated_template import IS_POSTGRES
from sync.tests.reliability.depth import IS_FULL
from sync.tests.simulator_process import OracleSimulator

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has one writer at a time"),
]
ROWS = 3000 if IS_FULL else 600
REMOVED = ROWS // 50


def test_a_reader_during_three_syncs_has_no_stale_value_and_knows_each_removal(oracle, settings):
    settings.ORACLE_CONCURRENCY, settings.ORACLE_PAGE_SIZE = 4, 100
    oracle.serve([oracle_item(OptyId=pk, Name="First") for pk in range(1, ROWS + 1)])
    run_sync(SyncRequest(SyncType.FULL))
    reader = Reader().read_base()
    with ThreadPoolExecutor() as elsewhere:
        syncs = elsewhere.submit(three_syncs, oracle)
        while not syncs.done():
            reader.page(limit=50)
        syncs.result()
    reader.follow()
    assert Opportunity.objects.exclude(removed_in_crm_at=None).count() == 3 * REMOVED
    assert told_by(reader) == facts()


def three_syncs(oracle: OracleSimulator) -> None:
    rng, here = random.Random(1), set(range(1, ROWS + 1))
    try:
        for number in range(3):
            edited = rng.sample(sorted(here), ROWS // 3)
            oracle.edit(*({"OptyId": pk, "Name": f"Round {number}"} for pk in edited))
            for pk in rng.sample(sorted(here), REMOVED):
                here.remove(pk)
                oracle.remove(pk)
            run_sync(SyncRequest(SyncType.FULL))
    finally:
        connection.close()


def told_by(reader):
    states = [json.loads(state) for thing, state in reader.known.items() if "opportunity:" in thing]
    return {
        state["remote_id"]: (state["name"], state["removed_in_crm_at"] is None) for state in states
    }


def facts():
    rows = Opportunity.objects.values_list("remote_id", "name", "removed_in_crm_at")
    return {remote_id: (name, removed is None) for remote_id, name, removed in rows}
