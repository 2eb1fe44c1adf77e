"""`prune_sync_history` forgets what is old, and never what is still needed."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.models import OpportunityChange, Reconciliation, RejectedRecord, SyncLog, SyncStatus
from sync.reports.retention import prune_sync_history
from sync.tests.builders import oracle_item
from sync.tests.factories import OpportunityChangeFactory, RejectedRecordFactory, SyncLogFactory
from sync.tests.reliability.scene import sync
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _thirty_days(settings: Settings) -> None:
    settings.SYNC_HISTORY_DAYS = 30


def ago(days: int) -> datetime:
    return timezone.now() - days * DAY


def log(days: int, status: SyncStatus = SyncStatus.SUCCESS, **more: object) -> SyncLog:
    return SyncLogFactory(started_at=ago(days), status=status, **more)


def test_runs_that_are_older_go_and_the_others_stay() -> None:
    log(40)
    log(31, SyncStatus.FAILED)
    young = {log(29, SyncStatus.PARTIAL), log(1)}
    assert prune_sync_history()["sync logs"] == 2
    assert {*SyncLog.objects.all()} == young


def test_the_last_success_stays_whatever_its_age() -> None:
    log(300)
    success = log(200)
    log(100, SyncStatus.FAILED)
    assert prune_sync_history()["sync logs"] == 2
    assert SyncLog.objects.get() == success


def test_the_run_the_next_one_goes_on_from_stays_whatever_its_age() -> None:
    log(300, watermark=ago(300))
    watermarked = log(200, SyncStatus.PARTIAL, watermark=ago(200))
    success = log(100)
    prune_sync_history()
    assert {*SyncLog.objects.all()} == {watermarked, success}
    assert SyncLog.objects.watermark() == watermarked.watermark


def test_the_full_run_whose_removals_wait_stays_whatever_its_age() -> None:
    log(300, removals_waiting=7)
    waiting = log(200, SyncStatus.PARTIAL, removals_waiting=30)
    success = log(100)
    prune_sync_history()
    assert {*SyncLog.objects.all()} == {waiting, success}


def test_a_run_that_runs_stays() -> None:
    running = SyncLogFactory(is_running=True, started_at=ago(100))
    prune_sync_history()
    assert SyncLog.objects.get() == running


def test_rejected_records_stay_until_they_are_resolved() -> None:
    old = {"first_seen_at": ago(90), "last_seen_at": ago(60)}
    waiting = RejectedRecordFactory(**old)
    ignored = RejectedRecordFactory(**old, ignored_reason="A test record of sales")
    recent = RejectedRecordFactory(**old, resolved=True, resolved_at=ago(29))
    RejectedRecordFactory(**old, resolved=True, resolved_at=ago(31))
    assert prune_sync_history()["resolved rejected records"] == 1
    assert {*RejectedRecord.objects.all()} == {waiting, ignored, recent}


def test_what_a_pruned_run_left_behind_only_forgets_the_run() -> None:
    old = log(40)
    log(1)
    change = OpportunityChangeFactory(sync_log=old, at=ago(40))
    rejected = RejectedRecordFactory(sync_log=old)
    prune_sync_history()
    change.refresh_from_db()
    rejected.refresh_from_db()
    assert (change.sync_log, rejected.sync_log) == (None, None)


def test_certificates_go_but_for_the_last() -> None:
    for days in (300, 200, 100):
        Reconciliation.objects.create(taken_at=ago(days), is_equal=True, figures=[], differing={})
    assert prune_sync_history()["certificates"] == 2
    assert Reconciliation.objects.get().taken_at < ago(99)


def test_no_opportunity_and_none_of_its_changes_ever_go() -> None:
    OpportunityChangeFactory(at=datetime(2020, 1, 1, tzinfo=UTC))
    prune_sync_history()
    assert Opportunity.objects.count() == OpportunityChange.objects.count() == 1


def test_the_run_after_pruning_goes_on_where_the_last_one_ended(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=1)])
    sync()
    SyncLog.objects.update(started_at=ago(100))
    prune_sync_history()
    assert sync().sync_type == "INCREMENTAL"


def test_the_limit_is_a_setting(settings: Settings) -> None:
    settings.SYNC_HISTORY_DAYS = 3
    log(4)
    log(1)
    assert [*prune_sync_history().values()] == [1, 0, 0]


def test_pruning_twice_finds_nothing_more() -> None:
    log(40)
    log(1)
    prune_sync_history()
    assert [*prune_sync_history().values()] == [0, 0, 0]


def test_the_command_says_what_went() -> None:
    log(40)
    log(1)
    payload = StringIO()
    call_command("prune_sync_history", stdout=payload)
    assert "Deleted, as older than 30 days: 1 sync logs, 0 resolved" in payload.getvalue()
