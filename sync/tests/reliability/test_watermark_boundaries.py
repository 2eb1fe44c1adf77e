"""P4: the watermark never passes a change that nobody has read.

Beside these, in sync/tests/engine/test_run.py: late commits, a clock that is ahead, stamps from the
future, failed, partial, dry and manual runs, the emptied table; in test_quarantine.py: records
that were rejected; in test_ranges.py and test_fault_matrix.py: pages that lie.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from opportunities.models import Opportunity
from sync.engine.refresh import refresh_opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import OpportunityChange, SyncLog, SyncStatus, SyncType
from sync.tests.builders import oracle_item
from sync.tests.reliability.backup import backup, restore
from sync.tests.reliability.scene import sync
from sync.tests.reliability.watcher import Watcher
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
USUAL_NAME = oracle_item()["Name"]
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def stamped(opty_id: int, at: datetime, **more: Any) -> dict[str, Any]:
    return oracle_item(OptyId=opty_id, LastUpdateDate=at.isoformat(), **more)


def set_clock(oracle: OracleSimulator, now: datetime) -> None:
    oracle.clock(now.isoformat())


def names() -> dict[str, str]:
    return dict(Opportunity.objects.values_list("remote_id", "name"))


@pytest.fixture
def noon(oracle: OracleSimulator, settings: Any) -> OracleSimulator:
    """At noon, with a deal of an hour ago that the mirror has, and no overlap to help."""
    settings.SYNC_OVERLAP_S = 0
    set_clock(oracle, NOON)
    oracle.serve([stamped(1, NOON - HOUR)])
    assert sync().watermark == NOON - HOUR
    return oracle


def test_a_row_of_the_very_second_of_the_watermark_comes_late_and_is_taken(
    noon: OracleSimulator,
) -> None:
    noon.edit(stamped(2, NOON - HOUR))
    assert sync().new_records == 1


def test_a_bulk_job_that_goes_on_within_the_second_in_which_a_run_began_is_read_to_its_end(
    noon: OracleSimulator,
) -> None:
    noon.edit(stamped(2, NOON))
    assert sync().watermark == NOON
    noon.edit(stamped(1, NOON, Name="Also"), stamped(3, NOON))
    set_clock(noon, NOON + HOUR)
    sync()
    assert names().keys() == {"1", "2", "3"}
    assert names()["1"] == "Also"


@pytest.mark.parametrize("sync_type", [SyncType.FULL, SyncType.INCREMENTAL])
def test_a_row_read_early_and_changed_before_the_end_of_the_run_comes_again(
    noon: OracleSimulator, settings: Any, sync_type: SyncType
) -> None:
    settings.ORACLE_PAGE_SIZE = 1
    # More than is read ahead of the first page that is imported.
    noon.edit(*(stamped(each, NOON - SECOND) for each in range(1, 30)))

    def change_the_first(log: SyncLog) -> None:
        set_clock(noon, NOON + HOUR)
        noon.edit(stamped(1, NOON + SECOND, Name="Changed"), stamped(30, NOON + HOUR))

    log = run_sync(SyncRequest(sync_type=sync_type), Watcher(change_the_first)).log
    assert log.watermark == NOON
    sync()
    assert names()["1"] == "Changed"


def test_a_run_that_began_before_midnight_of_the_year_has_no_gap(noon: OracleSimulator) -> None:
    new_year = datetime(2027, 1, 1, tzinfo=UTC)
    for at in (new_year - SECOND, new_year, new_year + SECOND):
        set_clock(noon, at)
        noon.edit(stamped(int(at.timestamp()), at))
        assert sync().new_records == 1


def test_a_stamp_written_in_another_time_zone_is_the_same_moment(noon: OracleSimulator) -> None:
    in_tokyo = NOON.astimezone(datetime.strptime("+0900", "%z").tzinfo)
    noon.edit(stamped(2, in_tokyo))
    assert sync().watermark == NOON


def test_a_quarantined_record_found_by_its_id_proves_nothing_of_the_list(
    noon: OracleSimulator,
) -> None:
    noon.edit(stamped(7, NOON, Revenue="much"))
    sync()
    set_clock(noon, NOON + 2 * HOUR)
    noon.edit(stamped(7, NOON + 2 * HOUR), stamped(1, NOON + HOUR, Name="Changed"))
    noon.faults("empty:times=1")
    sync()
    noon.faults()
    sync()
    assert names()["1"] == "Changed"


@pytest.mark.parametrize("status", [SyncStatus.FAILED, SyncStatus.PARTIAL, SyncStatus.RUNNING])
def test_only_runs_with_a_watermark_count_however_they_ended(
    noon: OracleSimulator, status: SyncStatus
) -> None:
    SyncLog.objects.create(status=status, sync_type=SyncType.FULL)
    assert SyncLog.objects.watermark() == NOON - HOUR
    assert sync().sync_type == SyncType.INCREMENTAL


def test_an_emptied_table_whose_filling_broke_off_is_filled_by_the_next_run(
    noon: OracleSimulator, settings: Any
) -> None:
    settings.ORACLE_PAGE_SIZE = 2
    noon.edit(*(stamped(each, NOON - 2 * HOUR) for each in range(2, 10)))
    sync(sync_type=SyncType.FULL)
    Opportunity.objects.all().delete()
    noon.faults("error-503:after=2,times=0")
    assert sync().status == SyncStatus.PARTIAL
    noon.faults()
    sync()
    assert len(names()) == 9


@pytest.fixture
def busy_day(noon: OracleSimulator) -> Callable[[], object]:
    """What happens between a backup and its return: changes, each followed by a sync."""

    def passes() -> None:
        for hour in (1, 2, 3):
            set_clock(noon, NOON + hour * HOUR)
            noon.edit(stamped(1, NOON + hour * HOUR, Name=f"Changed at {hour}"))
            noon.edit(stamped(10 + hour, NOON + hour * HOUR))
            sync()

    return passes


def test_a_restored_older_database_goes_on_from_its_own_watermark(
    busy_day: Callable[[], object],
) -> None:
    old = backup()
    busy_day()
    restore(old)
    assert sync().sync_type == SyncType.INCREMENTAL
    assert names().keys() == {"1", "11", "12", "13"}
    assert names()["1"] == "Changed at 3"


def by_a_planned_run() -> None:
    sync()


def by_ids_first() -> None:
    sync(only=("1",))
    sync()


def by_date_first() -> None:
    sync(since=NOON + 3 * HOUR)
    sync()


def by_a_refresh_first() -> None:
    refresh_opportunity("1")
    sync()


WAYS_BACK = [by_a_planned_run, by_ids_first, by_date_first, by_a_refresh_first]


@pytest.mark.parametrize("comes_back", WAYS_BACK)
def test_opportunities_restored_without_their_logs_are_read_anew(
    busy_day: Callable[[], object], comes_back: Callable[[], None]
) -> None:
    old = backup(Opportunity, OpportunityChange)
    busy_day()
    restore(old)
    comes_back()
    assert names() == {"1": "Changed at 3", **dict.fromkeys(("11", "12", "13"), USUAL_NAME)}


@pytest.mark.parametrize("comes_back", WAYS_BACK)
def test_an_older_copy_with_as_many_opportunities_is_read_anew(
    noon: OracleSimulator, comes_back: Callable[[], None]
) -> None:
    noon.edit(stamped(2, NOON - HOUR), stamped(3, NOON - HOUR))
    sync()
    old = backup(Opportunity, OpportunityChange)
    set_clock(noon, NOON + HOUR)
    noon.edit(stamped(1, NOON, Name="Changed"), stamped(2, NOON, Name="Changed"))
    sync()
    noon.edit(stamped(3, NOON + HOUR))
    sync()
    restore(old)
    comes_back()
    assert names() == {"1": "Changed", "2": "Changed", "3": USUAL_NAME}


@pytest.mark.parametrize("comes_back", WAYS_BACK)
def test_an_emptied_table_is_filled_whatever_is_written_into_it_first(
    busy_day: Callable[[], object], comes_back: Callable[[], None]
) -> None:
    busy_day()
    Opportunity.objects.all().delete()
    comes_back()
    assert names().keys() == {"1", "11", "12", "13"}


@pytest.mark.parametrize("comes_back", WAYS_BACK)
def test_a_row_that_was_lost_comes_back(
    busy_day: Callable[[], object], comes_back: Callable[[], None]
) -> None:
    busy_day()
    Opportunity.objects.filter(remote_id="11").delete()
    comes_back()
    assert names().keys() == {"1", "11", "12", "13"}


def test_a_dry_run_into_an_emptied_table_is_full_and_changes_no_log(
    noon: OracleSimulator,
) -> None:
    Opportunity.objects.all().delete()
    assert sync(dry_run=True).sync_type == SyncType.FULL
    assert SyncLog.objects.watermark() == NOON - HOUR


def test_what_a_refresh_writes_after_a_run_makes_no_later_run_full(noon: OracleSimulator) -> None:
    noon.edit(stamped(2, NOON))
    refresh_opportunity("2")
    assert sync().sync_type == SyncType.INCREMENTAL
