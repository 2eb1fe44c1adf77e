"""Rows come, go and change while pages are read: nothing is skipped, nothing doubled."""

from collections.abc import Callable
from random import Random

import pytest
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import SyncLog, SyncStatus, SyncType
from sync.tests.reliability.fault_table import MODES
from sync.tests.reliability.mirror import EXTRA_FIELDS, differences, here
from sync.tests.reliability.scene import made_up_rows, oracle_lives_on, sync
from sync.tests.reliability.watcher import Watcher
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db


@pytest.fixture(params=MODES)
def busy_oracle(
    request: pytest.FixtureRequest, oracle: OracleSimulator, settings: Settings
) -> OracleSimulator:
    settings.ORACLE_PAGING, settings.ORACLE_CONCURRENCY = MODES[request.param]
    settings.ORACLE_PAGE_SIZE, settings.ORACLE_EXTRA_FIELDS = 5, EXTRA_FIELDS
    oracle.serve(made_up_rows())
    return oracle


@pytest.mark.shared_out
@pytest.mark.parametrize(
    "moves",
    [
        ["edit-between:rows=4,times=0"],
        ["add-between:rows=3,times=12"],
        ["remove-between:rows=2,times=4"],
        ["add-between:rows=2,times=8", "remove-between:rows=2,times=4", "edit-between:times=0"],
    ],
)
def test_all_that_stays_is_read_in_one_run_and_once(
    busy_oracle: OracleSimulator, moves: list[str]
) -> None:
    began_with = rows_of(busy_oracle)
    busy_oracle.faults(*moves)
    log = sync()
    busy_oracle.faults()
    if log.status == SyncStatus.SUCCESS:
        assert mirrored_ids() >= {opty_id for opty_id, _ in began_with & rows_of(busy_oracle)}
    else:
        # All that a page announced was removed before it was read: nothing proves the end.
        assert "Reading on would lose records" in log.error_message
    assert log.total_fetched == log.new_records == Opportunity.objects.count()
    assert_the_next_runs_bring_the_rest(busy_oracle)


def test_rows_that_others_move_while_pages_are_written_come_with_the_next_run(
    busy_oracle: OracleSimulator,
) -> None:
    rng = Random(5)
    began_with = rows_of(busy_oracle)
    run_sync(
        SyncRequest(), Watcher(only_in_the_first(6, lambda: oracle_lives_on(busy_oracle, rng)))
    )
    assert mirrored_ids() >= {opty_id for opty_id, _ in began_with & rows_of(busy_oracle)}
    assert_the_next_runs_bring_the_rest(busy_oracle)


def only_in_the_first(pages: int, act: Callable[[], object]) -> Callable[[SyncLog], object]:
    return lambda log: act() if log.pages <= pages else None


def assert_the_next_runs_bring_the_rest(oracle: OracleSimulator) -> None:
    assert sync().status == SyncStatus.SUCCESS
    assert set(differences(oracle.rows(), here).values()) <= {"only in the mirror"}
    sync(sync_type=SyncType.FULL, accept_removals=True)
    assert not differences(oracle.rows(), here)


def rows_of(oracle: OracleSimulator) -> set[tuple[str, str]]:
    """By id and creation: an id that went away and came again is another row."""
    return {(str(row["OptyId"]), row["CreationDate"]) for row in oracle.rows()}


def mirrored_ids() -> set[str]:
    return set(Opportunity.objects.values_list("remote_id", flat=True))
