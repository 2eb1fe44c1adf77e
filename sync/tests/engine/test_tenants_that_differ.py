"""Tenants that count, page and answer q otherwise than documented: no record is lost, no run."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.engine.verify import verify
from sync.models import SyncLog, SyncStatus, SyncType
from sync.oracle.reading.habits import Habit
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

FULL = SyncType.FULL
ROWS = 47
PAGE = 5
LONG_AGO = datetime(2026, 1, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Mode(NamedTuple):
    paging: str
    connections: int


KEYS, FOUR, PLACES = Mode("keyset", 1), Mode("keyset", 4), Mode("offset", 1)
MODES = [KEYS, FOUR, PLACES]
all_modes = pytest.mark.parametrize("mode", MODES, ids=str)
by_keys = pytest.mark.parametrize("mode", [KEYS, FOUR], ids=str)


def begin(oracle: OracleSimulator, settings: Settings, mode: Mode, rows: int = ROWS) -> None:
    settings.ORACLE_PAGING, settings.ORACLE_CONCURRENCY = mode
    settings.ORACLE_PAGE_SIZE = PAGE
    oracle.serve(
        [
            oracle_item(
                OptyId=1000 + n,
                StatusCode="WON" if n % 9 == 0 else "OPEN",
                LastUpdateDate=(LONG_AGO + n * HOUR).isoformat(),
            )
            for n in range(rows)
        ]
    )


def sync(**order: Any) -> SyncLog:
    return SyncLog.objects.get(pk=run_sync(SyncRequest(**order)).log.pk)


def oracle_changes(oracle: OracleSimulator) -> None:
    """One deal changes, one is new."""
    at = (LONG_AGO + 90 * DAY).isoformat()
    oracle.edit(
        oracle_item(OptyId=1003, Name="Changed", LastUpdateDate=at),
        oracle_item(OptyId=5000, LastUpdateDate=at),
    )


def assert_whole(oracle: OracleSimulator, log: SyncLog, *habits: Habit) -> None:
    """It succeeded with a watermark, said exactly what was different, and missed nothing."""
    assert (log.status, log.error_message) == (SyncStatus.SUCCESS, "")
    assert log.watermark
    assert {*log.remarks} == {each.value for each in habits}
    assert {*Opportunity.objects.present().values_list("remote_id", "name")} == {
        (str(row["OptyId"]), row["Name"]) for row in oracle.rows()
    }


def assert_every_run_is_whole(oracle: OracleSimulator, *habits: Habit) -> None:
    """A first one, one of what changed, and a full one, of which the same is said again."""
    assert_whole(oracle, sync(), *habits)
    oracle_changes(oracle)
    log = sync()
    assert log.sync_type == SyncType.INCREMENTAL
    assert log.status == SyncStatus.SUCCESS
    assert Opportunity.objects.get(remote_id="1003").name == "Changed"
    again = sync(sync_type=FULL)
    assert_whole(oracle, again, *habits)
    assert again.total_fetched == again.unchanged_records == len(oracle.rows())
    assert verify().is_equal


# --- counting -----------------------------------------------------------------------------------


@all_modes
@pytest.mark.parametrize("status", [400, 403, 404, 405, 500, 501, 503])
def test_a_count_that_is_refused_costs_speed_and_a_sentence_where_it_would_have_helped(
    oracle: OracleSimulator, settings: Settings, mode: Mode, status: int
) -> None:
    begin(oracle, settings, mode)
    oracle.tenant(f"no-count:status={status}")
    assert_whole(oracle, sync(), *([Habit.UNCOUNTED] if mode is FOUR else []))
    # The mirror knows enough ids by now.
    assert_whole(oracle, sync(sync_type=FULL))
    assert verify().is_equal


def test_a_count_is_asked_for_once_and_the_first_page_with_the_usual_patience(
    oracle: OracleSimulator, settings: Settings
) -> None:
    begin(oracle, settings, FOUR)
    oracle.tenant("no-count:status=503")
    oracle.faults("error-500:after=1,times=2")
    sync()
    counted = [each for each in oracle.requests() if "totalResults" in each["params"]]
    assert [each["status"] for each in counted] == [503]


@all_modes
@pytest.mark.parametrize("most", [0, 1, 7, 46])
def test_a_count_that_is_too_low_loses_no_record(
    oracle: OracleSimulator, settings: Settings, mode: Mode, most: int
) -> None:
    begin(oracle, settings, mode)
    oracle.tenant(f"total:most={most}")
    assert_every_run_is_whole(oracle)


@all_modes
@pytest.mark.parametrize("least", [48, 60, 1_000, 10**15, 10**40])
def test_a_count_that_is_too_high_loses_no_record(
    oracle: OracleSimulator, settings: Settings, mode: Mode, least: int
) -> None:
    begin(oracle, settings, mode)
    oracle.tenant(f"total:least={least}")
    assert_whole(oracle, sync())
    assert_whole(oracle, sync(sync_type=FULL))


@all_modes
def test_a_server_of_499_that_counts_499_loses_no_record(
    oracle: OracleSimulator, settings: Settings, mode: Mode
) -> None:
    begin(oracle, settings, mode, rows=1_020)
    settings.ORACLE_PAGE_SIZE = 500
    oracle.tenant("limit:most=499", "total:most=499")
    assert_every_run_is_whole(oracle)


@all_modes
def test_a_count_that_is_passed_over_is_no_count(
    oracle: OracleSimulator, settings: Settings, mode: Mode
) -> None:
    begin(oracle, settings, mode)
    oracle.tenant("silent-count")
    assert_whole(oracle, sync(), *([Habit.UNCOUNTED] if mode is FOUR else []))
    assert_whole(oracle, sync(sync_type=FULL))


# --- dividing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 403, 500])
def test_ids_that_are_not_shown_by_offset_leave_one_range(
    oracle: OracleSimulator, settings: Settings, status: int
) -> None:
    begin(oracle, settings, FOUR)
    oracle.tenant(f"no-offset:first=20,status={status}")
    assert_whole(oracle, sync(), Habit.UNDIVIDED)
    assert_whole(oracle, sync(sync_type=FULL))


def test_ids_that_come_too_late_leave_one_range(
    oracle: OracleSimulator, settings: Settings
) -> None:
    begin(oracle, settings, FOUR)
    settings.ORACLE_TIMEOUT_S = 0.4
    oracle.tenant("slow-offset:first=20,ms=1500")
    assert_whole(oracle, sync(), Habit.UNDIVIDED)


# --- hasMore ------------------------------------------------------------------------------------


@all_modes
@pytest.mark.parametrize("rows", [1, 5, 47])
def test_a_last_page_that_announces_more_is_the_last_where_nothing_is_newer(
    oracle: OracleSimulator, settings: Settings, mode: Mode, rows: int
) -> None:
    begin(oracle, settings, mode, rows)
    oracle.tenant("has-more-forever")
    assert_whole(oracle, sync(), Habit.HAS_MORE_AT_END)
    sync()
    quiet = sync(since=LONG_AGO + 300 * DAY)
    assert (quiet.status, quiet.total_fetched) == (SyncStatus.SUCCESS, 0)
    assert_whole(oracle, sync(sync_type=FULL), Habit.HAS_MORE_AT_END)


@all_modes
def test_an_end_before_the_highest_id_is_no_end(
    oracle: OracleSimulator, settings: Settings, mode: Mode
) -> None:
    begin(oracle, settings, mode)
    oracle.faults("empty:after=6,times=1")
    log = sync()
    assert log.status == SyncStatus.PARTIAL or Opportunity.objects.count() == ROWS


@all_modes
def test_lists_that_have_become_empty_are_no_end(
    oracle: OracleSimulator, settings: Settings, mode: Mode
) -> None:
    begin(oracle, settings, mode)
    oracle.faults("empty:after=6")
    log = sync()
    assert (log.status, log.watermark) == (SyncStatus.PARTIAL, None)


def test_a_range_that_has_become_empty_costs_no_run(
    oracle: OracleSimulator, settings: Settings
) -> None:
    begin(oracle, settings, FOUR)
    sync()
    for opty_id in range(1012, 1036):
        oracle.remove(opty_id)
    log = sync(sync_type=FULL, accept_removals=True)
    assert_whole(oracle, log)
    assert log.removed_records == 24


# --- q ------------------------------------------------------------------------------------------


@by_keys
@pytest.mark.parametrize("rows", [0, 1, 5, 47])
def test_a_tenant_that_refuses_q_on_the_id_is_read_by_offset(
    oracle: OracleSimulator, settings: Settings, mode: Mode, rows: int
) -> None:
    begin(oracle, settings, mode, rows)
    oracle.tenant("unqueryable:attributes=OptyId")
    log = sync()
    assert log.total_fetched == log.new_records == rows
    if rows:
        assert_whole(oracle, log, Habit.KEYS_REFUSED)


@by_keys
def test_a_tenant_that_refuses_q_on_the_id_tells_what_changed_all_the_same(
    oracle: OracleSimulator, settings: Settings, mode: Mode
) -> None:
    begin(oracle, settings, mode)
    oracle.tenant("unqueryable:attributes=OptyId")
    assert_every_run_is_whole(oracle, Habit.KEYS_REFUSED)


@by_keys
def test_a_refused_key_is_asked_for_once_a_connection(
    oracle: OracleSimulator, settings: Settings, mode: Mode
) -> None:
    begin(oracle, settings, mode)
    oracle.tenant("unqueryable:attributes=OptyId", "nameless-400")
    assert_whole(oracle, sync(), Habit.KEYS_REFUSED)
    refused = [each for each in oracle.requests() if each["status"] == 400]
    assert len(refused) <= mode.connections


def test_a_tenant_that_refuses_q_on_the_id_is_not_asked_for_it_by_offset(
    oracle: OracleSimulator, settings: Settings
) -> None:
    begin(oracle, settings, PLACES)
    oracle.tenant("unqueryable:attributes=OptyId")
    assert_every_run_is_whole(oracle)
    assert 400 not in [each["status"] for each in oracle.requests()]


@all_modes
@pytest.mark.parametrize(
    "habits",
    [
        ["unqueryable:attributes=LastUpdateDate"],
        ["unqueryable:attributes=LastUpdateDate", "nameless-400"],
        ["unqueryable:attributes=OptyId+LastUpdateDate"],
        ["no-q-with-finder"],
    ],
    ids=str,
)
def test_a_tenant_that_cannot_be_asked_for_changes_is_read_whole_each_time(
    oracle: OracleSimulator, settings: Settings, mode: Mode, habits: list[str]
) -> None:
    begin(oracle, settings, mode)
    oracle.tenant(*habits)
    are_keys_refused = mode is not PLACES and not habits[0].endswith("=LastUpdateDate")
    keys = [Habit.KEYS_REFUSED] if are_keys_refused else []
    assert_whole(oracle, sync(), *keys)
    oracle_changes(oracle)
    oracle.remove(1020)
    log = sync()
    assert_whole(oracle, log, Habit.CHANGES_REFUSED, *keys)
    assert (log.sync_type, log.new_records, log.updated_records) == (FULL, 1, 1)
    assert log.removed_records == 1


def test_everything_is_read_where_changes_since_a_time_are_asked_for(
    oracle: OracleSimulator, settings: Settings
) -> None:
    begin(oracle, settings, KEYS)
    oracle.tenant("unqueryable:attributes=LastUpdateDate")
    assert_whole(oracle, sync(since=LONG_AGO), Habit.CHANGES_REFUSED)


@all_modes
def test_a_query_refused_for_another_reason_says_so_and_nothing_of_changes(
    oracle: OracleSimulator, settings: Settings, mode: Mode
) -> None:
    begin(oracle, settings, mode)
    sync()
    settings.ORACLE_FINDER = "OtherFinder"
    log = sync()
    assert (log.status, log.watermark, log.remarks) == (SyncStatus.FAILED, None, [])
    assert "ORACLE_FINDER" in log.error_message


# --- offsets ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 500])
def test_an_offset_that_is_refused_names_the_other_way_of_paging(
    oracle: OracleSimulator, settings: Settings, status: int
) -> None:
    begin(oracle, settings, PLACES)
    oracle.tenant(f"no-offset:first=20,status={status}")
    log = sync()
    assert (log.status, log.watermark) == (SyncStatus.PARTIAL, None)
    assert "ORACLE_PAGING=keyset" in log.error_message
    settings.ORACLE_PAGING = "keyset"
    assert_whole(oracle, sync())


# --- what passes --------------------------------------------------------------------------------


@all_modes
@pytest.mark.parametrize(
    "fault",
    [
        *("error:status=408", "error:status=425", "error:status=507", "error:status=520"),
        *("empty-204", "empty-body", "interim:status=102", "interim:status=103"),
        *("not-a-page:times=2", "interim:times=0"),
    ],
)
def test_what_passes_ends_in_success(
    oracle: OracleSimulator, settings: Settings, mode: Mode, fault: str
) -> None:
    begin(oracle, settings, mode)
    oracle.faults(f"{fault},after=5" if ":" in fault else f"{fault}:after=5")
    assert_whole(oracle, sync())


@pytest.mark.parametrize("status", [501, 505])
def test_what_is_refused_for_good_is_asked_for_once(
    oracle: OracleSimulator, settings: Settings, status: int
) -> None:
    begin(oracle, settings, KEYS)
    oracle.faults(f"error:status={status},times=0,after=3")
    log = sync()
    assert (log.status, log.retries) == (SyncStatus.PARTIAL, 0)
    assert f"answered {status}" in log.error_message


@pytest.mark.parametrize("fault", ["empty-204", "empty-body"])
def test_answers_without_data_that_go_on_are_named_and_not_called_the_network(
    oracle: OracleSimulator, settings: Settings, fault: str
) -> None:
    begin(oracle, settings, KEYS)
    oracle.faults(f"{fault}:times=0,after=3")
    log = sync()
    assert log.status == SyncStatus.PARTIAL
    assert "without data" in log.error_message
    assert "network" not in log.error_message


# --- the clock, and cookies ---------------------------------------------------------------------


@all_modes
@pytest.mark.parametrize("form", ["asctime", "rfc850", "doubled"])
def test_a_date_in_another_form_is_a_clock(
    oracle: OracleSimulator, settings: Settings, mode: Mode, form: str
) -> None:
    begin(oracle, settings, mode)
    oracle.tenant(f"date-header:form={form}")
    log = sync()
    assert_whole(oracle, log)
    assert log.watermark == LONG_AGO + (ROWS - 1) * HOUR


@all_modes
@pytest.mark.parametrize("form", ["absent", "nonsense"])
def test_without_a_clock_the_watermark_is_the_newest_record_less_the_overlap(
    oracle: OracleSimulator, settings: Settings, mode: Mode, form: str
) -> None:
    begin(oracle, settings, mode)
    oracle.tenant(f"date-header:form={form}")
    log = sync()
    assert_whole(oracle, log, Habit.NO_CLOCK)
    overlap = timedelta(seconds=settings.SYNC_OVERLAP_S)
    assert log.watermark == LONG_AGO + (ROWS - 1) * HOUR - overlap
    oracle_changes(oracle)
    later = sync()
    assert (later.sync_type, later.total_fetched) == (SyncType.INCREMENTAL, 3)
    assert_whole(oracle, later, Habit.NO_CLOCK)


def test_without_a_clock_a_stamp_from_the_future_hides_no_change(
    oracle: OracleSimulator, settings: Settings
) -> None:
    begin(oracle, settings, KEYS)
    now = datetime.now(UTC)
    oracle.edit(oracle_item(OptyId=1001, LastUpdateDate=(now + 900 * DAY).isoformat()))
    oracle.tenant("date-header:form=absent")
    assert sync().watermark < now
    oracle.edit(oracle_item(OptyId=1002, Name="Changed", LastUpdateDate=now.isoformat()))
    assert sync().sync_type == SyncType.INCREMENTAL
    assert Opportunity.objects.get(remote_id="1002").name == "Changed"


@all_modes
def test_a_cookie_of_a_dead_node_is_not_sent_back(
    oracle: OracleSimulator, settings: Settings, mode: Mode
) -> None:
    begin(oracle, settings, mode)
    oracle.tenant("dead-node")
    assert_every_run_is_whole(oracle)


# --- several at once ----------------------------------------------------------------------------


@all_modes
def test_a_tenant_that_does_nearly_everything_otherwise_is_read(
    oracle: OracleSimulator, settings: Settings, mode: Mode
) -> None:
    begin(oracle, settings, mode)
    oracle.tenant(
        *("limit:most=4", "no-count", "has-more-forever", "date-header:form=absent"),
        *("unqueryable:attributes=OptyId+LastUpdateDate", "no-describe:status=500"),
        "dead-node",
    )
    assert sync().status == SyncStatus.SUCCESS
    oracle_changes(oracle)
    log = sync()
    assert (log.status, log.sync_type) == (SyncStatus.SUCCESS, FULL)
    assert log.watermark
    assert Opportunity.objects.count() == ROWS + 1
