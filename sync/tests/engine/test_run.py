import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
import responses
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from opportunities.models import Opportunity
from opportunities.tests.factories import OpportunityFactory
from sync.engine.progress import Progress
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import (
    OpportunityChange,
    RejectedRecord,
    SyncLog,
    SyncStatus,
    SyncType,
    Trigger,
)
from sync.tests.builders import oracle_item
from sync.tests.refusals import an_hour_passes
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
COUNTERS = (
    *("total_fetched", "new_records", "updated_records", "unchanged_records"),
    *("failed_records", "removed_records", "pages"),
)
both = pytest.mark.parametrize("paging", ["keyset", "offset"])


def sync(**order: Any) -> SyncLog:
    return run_sync(SyncRequest(**order)).log


def stamped(at: datetime, **more: Any) -> dict[str, Any]:
    return oracle_item(LastUpdateDate=at.isoformat(), **more)


def rows(count: int, *, first_id: int = 1, **more: Any) -> list[dict[str, Any]]:
    return [oracle_item(OptyId=first_id + n, **more) for n in range(count)]


def counts(log: SyncLog) -> dict[str, int]:
    return {name: getattr(log, name) for name in COUNTERS if getattr(log, name)}


class Watcher(Progress):
    """Does something after each page that was imported."""

    def __init__(self, act: Callable[[SyncLog], object]) -> None:
        self._act = act

    def page_done(self, log: SyncLog) -> None:
        self._act(log)


# --- which records ------------------------------------------------------------------------------


def test_the_first_run_is_full_and_later_ones_bring_what_changed(oracle: OracleSimulator) -> None:
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([stamped(NOON - HOUR, OptyId=1), stamped(NOON - 2 * HOUR, OptyId=2)])
    first = sync()
    oracle.edit(stamped(NOON, OptyId=3), stamped(NOON, OptyId=1, Name="Changed"))
    second = sync()
    assert (first.sync_type, counts(first)) == (
        SyncType.FULL,
        {"total_fetched": 2, "new_records": 2, "pages": 1},
    )
    assert (second.sync_type, counts(second)) == (
        SyncType.INCREMENTAL,
        {"total_fetched": 2, "new_records": 1, "updated_records": 1, "pages": 1},
    )
    assert Opportunity.objects.get(remote_id="1").name == "Changed"


def test_full_reads_everything_again(oracle: OracleSimulator) -> None:
    oracle.serve([stamped(NOON - 24 * HOUR, OptyId=1), stamped(NOON, OptyId=2)])
    sync()
    log = sync(sync_type=SyncType.FULL)
    assert counts(log) == {"total_fetched": 2, "unchanged_records": 2, "pages": 1}


def test_an_emptied_table_is_filled_anew_whatever_the_logs_say(oracle: OracleSimulator) -> None:
    oracle.serve(rows(3))
    sync()
    Opportunity.objects.all().delete()
    log = sync(sync_type=SyncType.INCREMENTAL)
    assert (log.sync_type, log.new_records) == (SyncType.FULL, 3)


def test_rows_without_a_watermark_are_no_reason_to_trust_them(oracle: OracleSimulator) -> None:
    OpportunityFactory()
    oracle.serve(rows(1))
    assert sync(sync_type=SyncType.INCREMENTAL).sync_type == SyncType.FULL


def test_since_reads_what_changed_since_then(oracle: OracleSimulator) -> None:
    oracle.serve([stamped(NOON - MINUTE, OptyId=1), stamped(NOON, OptyId=2)])
    log = sync(since=NOON)
    assert (log.sync_type, log.new_records) == (SyncType.INCREMENTAL, 1)
    assert Opportunity.objects.get().remote_id == "2"


def test_only_reads_the_ids_asked_for(oracle: OracleSimulator) -> None:
    oracle.serve(rows(5))
    log = sync(only=("4", "2"))
    assert (log.status, log.new_records, log.total_fetched) == (SyncStatus.SUCCESS, 2, 2)
    assert set(Opportunity.objects.values_list("remote_id", flat=True)) == {"2", "4"}


def test_an_id_that_oracle_does_not_show_makes_the_run_partial(oracle: OracleSimulator) -> None:
    oracle.serve(rows(2))
    log = sync(only=("2", "77"))
    assert (log.status, log.new_records) == (SyncStatus.PARTIAL, 1)
    assert "77" in log.error_message


def test_a_run_knows_who_asked_for_it(oracle: OracleSimulator, admin_user: Any) -> None:
    log = sync(trigger=Trigger.API, user_id=admin_user.pk)
    assert (log.trigger, log.user) == (Trigger.API, admin_user)


# --- complete reading ---------------------------------------------------------------------------


@both
@pytest.mark.parametrize("size", [2, 5, 500])
def test_both_ways_of_paging_bring_the_same(
    oracle: OracleSimulator, settings: Settings, paging: str, size: int
) -> None:
    settings.ORACLE_PAGING, settings.ORACLE_PAGE_SIZE = paging, size
    oracle.serve(rows(23))
    log = sync()
    assert (log.status, log.total_fetched, log.new_records) == (SyncStatus.SUCCESS, 23, 23)
    assert Opportunity.objects.count() == 23


@pytest.mark.shared_out
@both
@pytest.mark.parametrize(
    "fault",
    [
        *("short-pages:times=3", "short-pages:rows=3", "wrong-has-more:times=2"),
        *("items-absent:empty=1", "duplicate:times=2", "string-numbers", "new-field", "emoji"),
        *("edit-between", "add-between", "remove-between", "ties:after=1", "late-commit"),
        *("throttle-silent:after=1", "error-503:after=1", "exception:after=1,times=2", "reset"),
        *("cut", "bad-json", "clock-ahead", "row-ahead:seconds=600"),
    ],
)
def test_whatever_happened_one_more_run_makes_the_mirror_equal_to_the_source(
    oracle: OracleSimulator, settings: Settings, fault: str, paging: str
) -> None:
    settings.ORACLE_PAGING, settings.ORACLE_PAGE_SIZE = paging, 5
    oracle.serve(rows(24, first_id=1000))
    oracle.faults(fault)
    sync()
    oracle.faults()
    assert sync(sync_type=SyncType.FULL).status == SyncStatus.SUCCESS
    assert_mirror_equals(oracle)
    assert counts(sync(sync_type=SyncType.FULL)).keys() <= {
        *("total_fetched", "unchanged_records", "pages")
    }


def assert_mirror_equals(oracle: OracleSimulator) -> None:
    mirrored = Opportunity.objects.present().values_list(
        "remote_id", "name", "deal_value", "crm_status", "crm_updated_at"
    )
    assert {row[0]: row[1:] for row in mirrored} == {
        str(item["OptyId"]): (
            item["Name"],
            None if item["Revenue"] is None else Decimal(item["Revenue"]),
            item["StatusCode"],
            datetime.fromisoformat(item["LastUpdateDate"]),
        )
        for item in oracle.rows()
    }


@pytest.mark.parametrize("fault", ["edit-between", "add-between", "ties:after=1", "late-commit"])
def test_what_changes_during_a_run_comes_with_the_next_incremental_one(
    oracle: OracleSimulator, settings: Settings, fault: str
) -> None:
    settings.ORACLE_PAGE_SIZE = 5
    oracle.serve(rows(24, first_id=1000))
    oracle.faults(fault)
    sync()
    oracle.faults()
    assert sync().sync_type == SyncType.INCREMENTAL
    assert_mirror_equals(oracle)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("page-repeated", "repeats or mixes up"),
        ("not-a-page:after=2", "without hasMore"),
        ("html:after=2", "sign-in or maintenance page"),
        ("error-503:after=2,times=0", "did not give an answer in 3 attempts"),
        ("bad-json:after=2,times=0", "its answer was cut"),
        ("unauthorized:after=2", "ORACLE_PASSWORD"),
        ("forbidden:after=2", "refuses access"),
    ],
)
def test_pages_that_fail_leave_what_was_read_and_a_partial_run(
    oracle: OracleSimulator, settings: Settings, fault: str, words: str
) -> None:
    settings.ORACLE_PAGE_SIZE = 5
    oracle.serve(rows(10))
    oracle.faults(fault)
    log = sync()
    assert (log.status, log.watermark) == (SyncStatus.PARTIAL, None)
    assert words in log.error_message
    assert log.new_records == log.total_fetched == Opportunity.objects.count() > 0
    oracle.faults()
    an_hour_passes()
    assert sync().sync_type == SyncType.FULL
    assert_mirror_equals(oracle)


@pytest.mark.parametrize(
    ("fault", "status", "pages", "words"),
    [
        ("offset-ignored", SyncStatus.PARTIAL, 1, "sent the same page again and again"),
        ("page-repeated:after=1", SyncStatus.PARTIAL, 1, "sent the same page again and again"),
        ("not-a-page:after=1", SyncStatus.PARTIAL, 1, "without hasMore"),
        ("error-500:times=0", SyncStatus.FAILED, 0, "did not give an answer in 3 attempts"),
    ],
)
def test_failing_pages_by_offset_are_noticed_as_well(
    oracle: OracleSimulator,
    settings: Settings,
    fault: str,
    status: SyncStatus,
    pages: int,
    words: str,
) -> None:
    settings.ORACLE_PAGING, settings.ORACLE_PAGE_SIZE = "offset", 5
    oracle.serve(rows(12))
    oracle.faults(fault)
    log = sync()
    assert (log.status, log.pages, log.watermark) == (status, pages, None)
    assert words in log.error_message
    assert log.new_records == Opportunity.objects.count() == 5 * pages


@pytest.mark.parametrize(
    "fault", ["unauthorized", "forbidden", "not-found", "html", "not-a-page", "error-500:times=0"]
)
def test_a_run_that_reads_nothing_at_all_has_failed(oracle: OracleSimulator, fault: str) -> None:
    oracle.serve(rows(1))
    oracle.faults(fault)
    log = sync()
    assert (log.status, log.pages, log.watermark) == (SyncStatus.FAILED, 0, None)
    assert log.error_message
    assert log.completed_at
    assert Opportunity.objects.count() == 0


def test_settings_that_cannot_work_are_a_failed_run_with_a_sentence(settings: Settings) -> None:
    settings.ORACLE_BASE_URL = ""
    log = sync()
    assert log.status == SyncStatus.FAILED
    assert log.error_message.startswith("ORACLE_BASE_URL is not set")
    assert log.requests == 0


@pytest.mark.parametrize("finder", ["", "MyOpportunitiesFinder"])
def test_a_reader_who_suddenly_sees_a_few_removes_none(
    oracle: OracleSimulator, settings: Settings, finder: str
) -> None:
    oracle.serve(rows(60))
    sync()
    settings.ORACLE_FINDER = finder
    log = sync(sync_type=SyncType.FULL)
    assert log.status == SyncStatus.PARTIAL
    assert Opportunity.objects.present().count() == 60


# --- several readers side by side ---------------------------------------------------------------


def test_several_readers_bring_every_row_once(oracle: OracleSimulator, settings: Settings) -> None:
    settings.ORACLE_CONCURRENCY, settings.ORACLE_PAGE_SIZE = 4, 5
    oracle.serve(rows(93, first_id=1000))
    log = sync()
    assert (log.status, log.total_fetched, log.new_records) == (SyncStatus.SUCCESS, 93, 93)
    assert_mirror_equals(oracle)
    again = sync(sync_type=SyncType.FULL)
    assert (again.total_fetched, again.unchanged_records) == (93, 93)


def test_readers_that_divide_by_what_is_known_miss_nothing_new(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_CONCURRENCY, settings.ORACLE_PAGE_SIZE = 3, 5
    oracle.serve(rows(40, first_id=1000))
    sync()
    oracle.edit(*rows(20, first_id=10), *rows(20, first_id=5000))
    assert sync(sync_type=SyncType.FULL).new_records == 40
    assert_mirror_equals(oracle)


@pytest.mark.parametrize("fault", ["edit-between", "add-between", "remove-between", "error-503"])
def test_rows_that_move_among_several_readers_come_with_the_next_run(
    oracle: OracleSimulator, settings: Settings, fault: str
) -> None:
    settings.ORACLE_CONCURRENCY, settings.ORACLE_PAGE_SIZE = 4, 5
    oracle.serve(rows(93, first_id=1000))
    oracle.faults(fault)
    sync()
    oracle.faults()
    sync(sync_type=SyncType.FULL)
    assert_mirror_equals(oracle)


@pytest.mark.parametrize("fault", ["error-500", "not-a-page", "unauthorized"])
def test_one_reader_that_fails_makes_the_run_partial(
    oracle: OracleSimulator, settings: Settings, fault: str
) -> None:
    settings.ORACLE_CONCURRENCY, settings.ORACLE_PAGE_SIZE = 4, 5
    settings.ORACLE_MAX_ATTEMPTS = 1
    oracle.serve(rows(93, first_id=1000))
    sync()
    oracle.edit(*rows(93, first_id=1000, Name="Changed", LastUpdateDate=NOON.isoformat()))
    oracle.faults(f"{fault}:after=9,times=1")
    log = sync(sync_type=SyncType.FULL)
    assert (log.status, log.watermark) == (SyncStatus.PARTIAL, None)
    assert log.total_fetched == log.updated_records + log.unchanged_records <= 93
    assert Opportunity.objects.present().count() == 93


@pytest.mark.parametrize("known", [0, 40])
def test_a_refused_login_is_tried_once_however_many_would_read(
    oracle: OracleSimulator, settings: Settings, known: int
) -> None:
    settings.ORACLE_CONCURRENCY, settings.ORACLE_PAGE_SIZE = 4, 5
    oracle.serve(rows(known))
    sync()
    oracle.serve(rows(40))
    oracle.forget_requests()
    settings.ORACLE_PASSWORD = "no longer right"
    assert sync(sync_type=SyncType.FULL).status == SyncStatus.FAILED
    assert [each["status"] for each in oracle.requests()] == [401]


def test_what_several_readers_ask_is_counted(oracle: OracleSimulator, settings: Settings) -> None:
    settings.ORACLE_CONCURRENCY, settings.ORACLE_PAGE_SIZE = 4, 5
    oracle.serve(rows(40))
    assert sync().requests == len(oracle.requests())


# --- what else a full run looks at --------------------------------------------------------------


def test_a_full_run_notes_the_tenants_own_attributes_that_nobody_asks_for(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_EXTRA_FIELDS = ["DealType_c"]
    oracle.serve(rows(1, Own_c=5))
    assert set(sync().unmapped_attributes) == {"BidDueDate_c", "Own_c"}


@responses.activate
@pytest.mark.parametrize("answer", [{"status": 503}, {"body": "<html>Not for you"}])
def test_a_tenant_that_does_not_describe_itself_is_read_all_the_same(
    settings: Settings, answer: dict[str, Any]
) -> None:
    settings.ORACLE_BASE_URL = "https://crm.example.com"
    address = "https://crm.example.com/crmRestApi/resources/11.13.18.05/opportunities"
    responses.get(f"{address}/describe", **answer)
    responses.get(address, json={"items": [oracle_item()], "hasMore": False})
    responses.get(address, json={"items": [], "hasMore": False})
    assert sync().status == SyncStatus.SUCCESS


# --- nothing to see -----------------------------------------------------------------------------


def test_a_full_run_without_a_record_fails_and_removes_nothing(oracle: OracleSimulator) -> None:
    oracle.serve(rows(3))
    sync()
    oracle.faults("empty")
    log = sync(sync_type=SyncType.FULL)
    assert (log.status, log.watermark, log.removed_records) == (SyncStatus.FAILED, None, 0)
    assert "data access" in log.error_message
    assert Opportunity.objects.present().count() == 3


def test_an_empty_list_is_noticed_although_a_quarantined_record_is_found(
    oracle: OracleSimulator,
) -> None:
    oracle.serve([*rows(3), oracle_item(OptyId=9, Revenue="much")])
    sync()
    oracle.faults("empty:times=1")
    log = sync(sync_type=SyncType.FULL)
    assert (log.status, log.watermark) == (SyncStatus.FAILED, None)


@pytest.mark.parametrize("paging", ["keyset", "offset"])
def test_an_empty_page_where_more_was_announced_is_not_the_end(
    oracle: OracleSimulator, settings: Settings, paging: str
) -> None:
    settings.ORACLE_PAGING, settings.ORACLE_PAGE_SIZE = paging, 5
    oracle.serve(rows(24))
    oracle.faults("empty:after=2,times=1")
    log = sync()
    assert (log.status, log.watermark) == (SyncStatus.PARTIAL, None) or log.new_records == 24


def test_an_incremental_run_without_a_record_is_normal(oracle: OracleSimulator) -> None:
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([stamped(NOON - HOUR)])
    sync()
    oracle.faults("empty")
    log = sync()
    assert (log.status, log.total_fetched, log.error_message) == (SyncStatus.SUCCESS, 0, "")


def test_an_oracle_without_any_opportunity_is_a_success_that_says_so(
    oracle: OracleSimulator,
) -> None:
    log = sync()
    assert log.status == SyncStatus.SUCCESS
    assert "no opportunity at all" in log.error_message
    assert sync().sync_type == SyncType.FULL


# --- the watermark ------------------------------------------------------------------------------


def test_the_watermark_is_the_newest_stamp_that_was_seen(oracle: OracleSimulator) -> None:
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([stamped(NOON - HOUR), stamped(NOON - 3 * HOUR)])
    assert sync().watermark == NOON - HOUR


def test_a_stamp_from_the_future_does_not_push_it_beyond_the_start(oracle: OracleSimulator) -> None:
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([stamped(NOON + 24 * HOUR, OptyId=1), stamped(NOON - HOUR, OptyId=2)])
    assert sync().watermark == NOON
    oracle.clock("2026-11-20T13:00:00Z")
    oracle.edit(stamped(NOON + HOUR, OptyId=2, Name="Changed"))
    assert sync().updated_records == 1


def test_an_oracle_clock_that_is_ahead_hides_nothing(oracle: OracleSimulator) -> None:
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.faults("clock-ahead:seconds=7200")
    oracle.serve([stamped(NOON - HOUR, OptyId=1)])
    assert sync().watermark == NOON - HOUR
    oracle.edit(stamped(NOON, OptyId=2))
    assert sync().new_records == 1


@pytest.mark.parametrize("late", [timedelta(0), MINUTE, 10 * MINUTE])
def test_a_row_committed_late_with_an_old_stamp_still_comes(
    oracle: OracleSimulator, late: timedelta
) -> None:
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([stamped(NOON - HOUR, OptyId=1)])
    sync()
    oracle.edit(stamped(NOON - HOUR - late, OptyId=2))
    assert sync().new_records == 1


def test_the_overlap_is_a_setting(oracle: OracleSimulator, settings: Settings) -> None:
    settings.SYNC_OVERLAP_S = 7200
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([stamped(NOON, OptyId=1)])
    sync()
    oracle.edit(stamped(NOON - 2 * HOUR, OptyId=2))
    assert sync().new_records == 1


@pytest.fixture
def mass_update(oracle: OracleSimulator, settings: Settings) -> OracleSimulator:
    """Fifty of a hundred deals get another name at once, and one is gone."""
    settings.ORACLE_CONCURRENCY, settings.ORACLE_PAGE_SIZE = 4, 2
    oracle.serve([stamped(NOON - 2 * HOUR, OptyId=n) for n in range(2, 101)])
    oracle.edit(stamped(NOON - HOUR, OptyId=1))
    sync()
    settings.SYNC_OVERLAP_S = 0
    oracle.edit(*(stamped(NOON, OptyId=n, Name="Moved") for n in range(10, 60)))
    oracle.remove(100)
    return oracle


def test_a_mass_update_is_read_side_by_side_like_a_full_run(mass_update: OracleSimulator) -> None:
    log = sync()
    assert (log.sync_type, log.status) == (SyncType.FULL, SyncStatus.SUCCESS)
    assert (log.updated_records, log.removed_records) == (50, 1)
    assert "Much changed at once" in log.remarks[0]
    assert OpportunityChange.objects.filter(field="name").count() == 50
    assert_mirror_equals(mass_update)


@pytest.mark.parametrize(
    ("tenant", "changed_settings"),
    [("no-count", {}), (None, {"ORACLE_CONCURRENCY": 1}), (None, {"ORACLE_PAGE_SIZE": 5})],
)
def test_changes_are_read_alone_where_little_is_left_or_nothing_is_won(
    mass_update: OracleSimulator,
    settings: Settings,
    tenant: str | None,
    changed_settings: dict[str, int],
) -> None:
    mass_update.tenant(*filter(None, [tenant]))
    for name, value in changed_settings.items():
        setattr(settings, name, value)
    log = sync()
    assert (log.sync_type, log.updated_records) == (SyncType.INCREMENTAL, 50)


def test_a_run_that_sees_nothing_keeps_the_watermark(oracle: OracleSimulator) -> None:
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([stamped(NOON - HOUR)])
    sync()
    oracle.faults("empty")
    assert sync().watermark == NOON - HOUR
    assert SyncLog.objects.watermark() == NOON - HOUR


def test_a_mass_update_is_read_again_until_oracles_clock_is_a_safe_distance_on(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_PAGE_SIZE = 10
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([stamped(NOON, OptyId=n) for n in range(1, 61)])
    assert sync().new_records == 60
    read = []
    for minutes in (5, 15, 25, 30):
        oracle.clock((NOON + minutes * MINUTE).isoformat())
        read.append(sync().total_fetched)
    assert read == [60, 60, 60, 0]
    # Stamped 20 minutes ago and committed only now: a safe distance and the overlap.
    oracle.edit(stamped(NOON + 6 * MINUTE, OptyId=70))
    assert sync().new_records == 1
    assert_mirror_equals(oracle)


@pytest.mark.parametrize(
    ("order", "faults"),
    [
        ({"since": NOON - HOUR}, []),
        ({"only": ("1",)}, []),
        ({"dry_run": True}, []),
        ({}, ["unauthorized"]),
        ({}, ["error-500:after=1,times=0"]),
        ({}, ["page-repeated"]),
        ({"sync_type": SyncType.FULL}, ["empty"]),
        ({"sync_type": SyncType.FULL}, ["error-500:after=1,times=0"]),
    ],
)
def test_a_run_that_did_not_read_it_all_leaves_the_watermark(
    oracle: OracleSimulator, order: dict[str, Any], faults: list[str]
) -> None:
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([stamped(NOON - HOUR, OptyId=1)])
    sync()
    oracle.edit(stamped(NOON, OptyId=1), stamped(NOON, OptyId=2))
    oracle.faults(*faults)
    sync(**order)
    assert SyncLog.objects.watermark() == NOON - HOUR
    oracle.faults()
    an_hour_passes()
    sync()
    assert_mirror_equals(oracle)


def test_a_run_that_saw_suspiciously_little_leaves_the_watermark(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.SYNC_REMOVAL_LIMIT = 1
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([stamped(NOON - HOUR, OptyId=n) for n in range(1, 7)])
    sync()
    oracle.clock("2026-11-20T14:00:00Z")
    oracle.edit(stamped(NOON, OptyId=1, Name="Changed"), stamped(NOON + 2 * HOUR, OptyId=6))
    oracle.hide(1, 2, 3, 4, 5)
    assert sync(sync_type=SyncType.FULL).status == SyncStatus.PARTIAL
    oracle.hide()
    sync()
    assert Opportunity.objects.get(remote_id="1").name == "Changed"


def test_an_edit_after_a_stamp_from_the_future_is_taken_in(oracle: OracleSimulator) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    oracle.serve([stamped(now + 24 * HOUR, OptyId=1)])
    sync()
    oracle.edit(stamped(now, OptyId=1, Name="Changed"))
    sync(sync_type=SyncType.FULL)
    assert Opportunity.objects.get().name == "Changed"


# --- the log ------------------------------------------------------------------------------------


def test_the_counters_add_up_and_are_stored_with_each_page(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_PAGE_SIZE = 2
    oracle.serve([*rows(3), oracle_item(OptyId=4, Revenue="much"), oracle_item(OptyId=5)])
    stored: list[dict[str, int]] = []
    run_sync(
        SyncRequest(), Watcher(lambda log: stored.append(counts(SyncLog.objects.get(pk=log.pk))))
    )
    assert stored == [
        {"total_fetched": 2, "new_records": 2, "pages": 1},
        {"total_fetched": 4, "new_records": 3, "failed_records": 1, "pages": 2},
        {"total_fetched": 5, "new_records": 4, "failed_records": 1, "pages": 3},
    ]


def test_a_run_notes_its_traffic_and_its_time(oracle: OracleSimulator) -> None:
    oracle.serve(rows(2))
    oracle.faults("error-503:times=1")
    log = SyncLog.objects.get(pk=sync().pk)
    assert (log.requests, log.retries, log.pages) == (len(oracle.requests()), 1, 1)
    assert log.completed_at
    assert log.duration_seconds == pytest.approx(
        (log.completed_at - log.started_at).total_seconds()
    )


def test_a_run_that_breaks_keeps_its_counts_and_ends_as_failed(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_PAGE_SIZE = 2
    oracle.serve(rows(5))

    def breaks(log: SyncLog) -> None:
        if log.pages == 2:
            raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        run_sync(SyncRequest(), Watcher(breaks))
    log = SyncLog.objects.get()
    assert (log.status, log.new_records, log.watermark) == (SyncStatus.FAILED, 4, None)
    assert log.error_message == "Stopped by an unexpected RuntimeError: disk full"
    assert Opportunity.objects.count() == 4


def test_a_run_stopped_by_hand_says_so(oracle: OracleSimulator) -> None:
    oracle.serve(rows(1))

    def interrupt(log: SyncLog) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_sync(SyncRequest(), Watcher(interrupt))
    log = SyncLog.objects.get()
    assert (log.status, log.new_records) == (SyncStatus.FAILED, 1)
    assert "Stopped by hand" in log.error_message


def test_a_page_is_stored_whole_or_not_at_all(oracle: OracleSimulator) -> None:
    oracle.serve(rows(3))

    def breaks_at_the_counters(execute: Any, sql: str, *more: Any) -> Any:
        if sql.startswith('UPDATE "sync_logs" SET "total_fetched"'):
            raise RuntimeError("power cut")
        return execute(sql, *more)

    with connection.execute_wrapper(breaks_at_the_counters), pytest.raises(RuntimeError):
        sync()
    log = SyncLog.objects.get()
    assert (log.status, counts(log)) == (SyncStatus.FAILED, {})
    assert Opportunity.objects.count() == 0


# --- cut off anywhere ---------------------------------------------------------------------------


class PowerCut(BaseException):
    """Nothing catches it but the very end of a run."""


# What the database itself does when a process is gone.
DONE_BY_THE_DATABASE = r"(SAVEPOINT|RELEASE|ROLLBACK|SELECT pg_advisory)"


def cut_off(nth: int) -> bool:
    """Run a sync whose nth statement, and every later one, is never carried out.

    Says whether it came that far.
    """
    numbers = count(1)

    def wrapper(execute: Any, sql: str, *more: Any) -> Any:
        if not re.match(DONE_BY_THE_DATABASE, sql) and next(numbers) >= nth:
            raise PowerCut
        return execute(sql, *more)

    try:
        with connection.execute_wrapper(wrapper):
            sync()
    except PowerCut:
        return True
    return False


@pytest.mark.postgres_by_day
def test_wherever_a_run_is_cut_off_the_next_one_recovers(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_PAGE_SIZE = 5
    nth = 0
    was_cut_off = True
    while was_cut_off:
        nth += 1
        begin_anew(oracle)
        was_cut_off = cut_off(nth)
        assert sync().status == SyncStatus.SUCCESS
        assert_mirror_equals(oracle)
        assert SyncLog.objects.running() is None
        assert people_see() == {
            ("APPROVED", "Mine", "", 10),
            ("CLOSED_IN_CRM", "Mine", "APPROVED", 2),
        }
    assert nth > 15


def begin_anew(oracle: OracleSimulator) -> None:
    """Twelve deals that people have decided on; then Oracle changes five and closes two."""
    for model in (Opportunity, SyncLog):
        model.objects.all().delete()
    oracle.serve(rows(12))
    sync()
    people_decide(sa_notes="Mine")
    news = {"Name": "Changed", "LastUpdateDate": NOON.isoformat()}
    oracle.edit(*rows(5, **news), *rows(2, first_id=9, **news, StatusCode="WON"))


def people_see() -> set[tuple[Any, ...]]:
    columns = ("workflow_status", "sa_notes", "status_before_close")
    return set(Opportunity.objects.values_list(*columns).annotate(n=Count("id")).order_by())


# --- people's work ------------------------------------------------------------------------------


def test_a_sync_leaves_what_people_own(oracle: OracleSimulator, admin_user: Any) -> None:
    oracle.serve(rows(1))
    sync()
    theirs = {"workflow_status": "IN_REVIEW", "assigned_sa": admin_user.pk, "sa_notes": "Ask Anna"}
    theirs["priority"] = "HIGH"
    Opportunity.objects.update(**theirs)
    oracle.edit(stamped(NOON, OptyId=1, Name="Changed", Revenue=None))
    assert sync(sync_type=SyncType.FULL).updated_records == 1
    assert Opportunity.objects.values("name", *theirs).get() == {"name": "Changed", **theirs}


FROM_READING = r'SELECT .* FROM "opportunities"'
WRITING = r'INSERT INTO "?opportunities"? '


def before(statement: str, act: Callable[[], object], *, nth: int = 1) -> Any:
    """Does something once, right before the nth statement of this form is carried out."""
    met: list[str] = []

    def wrapper(execute: Any, sql: str, *more: Any) -> Any:
        if re.match(statement, sql):
            met.append(sql)
            if len(met) == nth:
                act()
        return execute(sql, *more)

    return connection.execute_wrapper(wrapper)


@pytest.mark.parametrize(("statement", "nth"), [(FROM_READING, 1), (FROM_READING, 2), (WRITING, 1)])
def test_an_edit_in_the_middle_of_a_page_is_kept(
    oracle: OracleSimulator, statement: str, nth: int
) -> None:
    oracle.serve(rows(3))
    sync()
    oracle.serve(rows(3, Name="Changed", LastUpdateDate=NOON.isoformat()))
    with before(statement, lambda: people_decide(sa_notes="Mine"), nth=nth):
        sync(sync_type=SyncType.FULL)
    assert set(Opportunity.objects.values_list("name", "sa_notes", "workflow_status")) == {
        ("Changed", "Mine", "APPROVED")
    }


def people_decide(**more: Any) -> None:
    Opportunity.objects.update(workflow_status="APPROVED", **more)


def test_an_edit_in_the_middle_of_a_page_that_closes_is_what_comes_back(
    oracle: OracleSimulator,
) -> None:
    oracle.serve(rows(1))
    sync()
    oracle.edit(stamped(NOON, OptyId=1, StatusCode="WON"))
    with before(WRITING, people_decide):
        sync(sync_type=SyncType.FULL)
    assert Opportunity.objects.values_list("workflow_status", "status_before_close").get() == (
        "CLOSED_IN_CRM",
        "APPROVED",
    )


NEWER = {"name": "Newer", "crm_updated_at": NOON + MINUTE}


def somebody_refreshes_it() -> None:
    Opportunity.objects.update(**NEWER, last_synced_at=timezone.now())


@pytest.mark.parametrize(("statement", "nth"), [(FROM_READING, 2), (WRITING, 1)])
def test_what_became_newer_in_the_middle_of_a_page_stays(
    oracle: OracleSimulator, statement: str, nth: int
) -> None:
    oracle.serve(rows(1))
    sync()
    oracle.edit(stamped(NOON, OptyId=1, Name="Older"))
    with before(statement, somebody_refreshes_it, nth=nth):
        sync(sync_type=SyncType.FULL)
    assert Opportunity.objects.values("name", "crm_updated_at").get() == NEWER


def test_what_became_newer_before_it_was_locked_counts_as_unchanged(
    oracle: OracleSimulator,
) -> None:
    oracle.serve(rows(1))
    sync()
    oracle.edit(stamped(NOON, OptyId=1, Name="Older"))
    with before(FROM_READING, somebody_refreshes_it, nth=2):
        log = sync(sync_type=SyncType.FULL)
    assert (log.unchanged_records, log.updated_records) == (1, 0)
    assert not OpportunityChange.objects.exists()


def test_an_edit_between_two_pages_is_kept(oracle: OracleSimulator, settings: Settings) -> None:
    settings.ORACLE_PAGE_SIZE = 2
    oracle.serve(rows(4))
    sync()
    oracle.serve(rows(4, Name="Changed", LastUpdateDate=NOON.isoformat()))
    run_sync(
        SyncRequest(sync_type=SyncType.FULL),
        Watcher(lambda log: Opportunity.objects.update(sa_notes=f"after page {log.pages}")),
    )
    assert set(Opportunity.objects.values_list("name", "sa_notes")) == {("Changed", "after page 2")}


# --- a dry run ----------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing_and_says_what_it_would_do(oracle: OracleSimulator) -> None:
    oracle.serve(rows(4))
    sync()
    before = everything()
    oracle.remove(4)
    oracle.edit(
        *(stamped(NOON, OptyId=1, Name="Changed"), stamped(NOON, OptyId=2, StatusCode="WON")),
        *(oracle_item(OptyId=8), oracle_item(OptyId=9, Revenue="much")),
    )
    with CaptureQueriesContext(connection) as queries:
        run = run_sync(SyncRequest(sync_type=SyncType.FULL, dry_run=True))
    assert counts(run.log) == {
        **{"total_fetched": 5, "new_records": 1, "updated_records": 2, "unchanged_records": 1},
        **{"failed_records": 1, "removed_records": 1, "pages": 1},
    }
    assert {change.record.remote_id for change in run.would_write.changes} == {"1", "2", "8"}
    assert run.log.pk is None
    assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert everything() == before


def everything() -> list[list[dict[str, Any]]]:
    models = (Opportunity, SyncLog, OpportunityChange, RejectedRecord)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_dry_run_is_the_real_run_but_for_the_writing(oracle: OracleSimulator) -> None:
    oracle.serve([*rows(5), oracle_item(OptyId=9, Name="x" * 900)])
    dry = sync(dry_run=True)
    real = sync()
    assert counts(dry) == counts(real)
    assert dry.status == real.status == SyncStatus.PARTIAL


def test_an_ignored_record_does_not_make_a_dry_run_partial(oracle: OracleSimulator) -> None:
    oracle.serve([*rows(2), oracle_item(OptyId=9, Revenue="much")])
    sync()
    RejectedRecord.objects.update(ignored_reason="A test record of sales")
    assert sync(sync_type=SyncType.FULL).status == SyncStatus.SUCCESS
    assert sync(sync_type=SyncType.FULL, dry_run=True).status == SyncStatus.SUCCESS


def test_statuses_that_no_setting_names_count_as_open_and_are_told(
    oracle: OracleSimulator,
) -> None:
    oracle.serve(
        [
            oracle_item(OptyId=n, StatusCode=status)
            for n, status in enumerate(["OPEN", "Parked", "WON", "NO_SALE", "Parked", None], 1)
        ]
    )
    log = sync()
    assert log.unmapped_statuses == ["NO_SALE", "Parked"]
    parked = Opportunity.objects.get(remote_id="2")
    assert (parked.workflow_status, parked.crm_outcome) == ("NEW", "OPEN")
