"""The simulator's process goes away in the middle of a run, and comes back."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import SyncLog, SyncStatus, SyncType
from sync.tests.reliability.mirror import EXTRA_FIELDS, differences, here
from sync.tests.reliability.scene import sync
from sync.tests.reliability.watcher import Watcher
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[1, 4], ids=["one reader", "four readers"])
def mortal_oracle(request: pytest.FixtureRequest, settings: Settings) -> Iterator[OracleSimulator]:
    """One that no other test needs; has its rows from its first moment on, and takes its time."""
    with OracleSimulator("--rows", "120", "--latency-ms", "40") as oracle:
        settings.ORACLE_BASE_URL, settings.ORACLE_CONCURRENCY = oracle.url, request.param
        settings.ORACLE_PAGE_SIZE, settings.ORACLE_EXTRA_FIELDS = 5, EXTRA_FIELDS
        yield oracle


def test_an_oracle_that_stops_leaves_what_was_read_and_a_partial_run(
    mortal_oracle: OracleSimulator,
) -> None:
    source = mortal_oracle.rows()
    log = run_sync(SyncRequest(), Watcher(lambda _: mortal_oracle.stop())).log
    assert (log.status, log.watermark) == (SyncStatus.PARTIAL, None)
    assert "nothing listens there" in log.error_message
    assert 0 < log.new_records == log.total_fetched < 120
    assert sync().status == SyncStatus.FAILED

    mortal_oracle.restart()
    healed = sync()
    assert (healed.sync_type, healed.status) == (SyncType.FULL, SyncStatus.SUCCESS)
    assert not differences(source, here)


def test_an_oracle_that_is_back_soon_costs_some_retries(
    mortal_oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_MAX_ATTEMPTS, settings.ORACLE_BACKOFF_S = 9, 0.05

    def restart_once(log: SyncLog) -> None:
        if log.pages == 1:
            mortal_oracle.restart()

    log = run_sync(SyncRequest(), Watcher(restart_once)).log
    assert (log.status, log.new_records) == (SyncStatus.SUCCESS, 120)
    assert log.retries
    assert not differences(mortal_oracle.rows(), here)
