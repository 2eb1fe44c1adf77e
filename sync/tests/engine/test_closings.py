"""A tenant whose list shows open deals only: closings are found by asking for each missing one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.engine.verify import verify
from sync.models import OpportunityChange, SyncLog, SyncStatus, SyncType
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

ONLY_OPEN = "only open deals are shown: check ORACLE_FINDER"


def sync(**order: Any) -> SyncLog:
    return run_sync(SyncRequest(**order)).log


def sync_all(**order: Any) -> SyncLog:
    return sync(sync_type=SyncType.FULL, **order)


def asked_for(oracle: OracleSimulator) -> list[str]:
    """The numbers of the records that were asked for one by one."""
    paths = (each["path"].partition("/opportunities/") for each in oracle.requests())
    return [number for _, _, number in paths if number and number != "describe"]


def closed() -> int:
    return Opportunity.objects.filter(workflow_status="CLOSED_IN_CRM").count()


@pytest.fixture
def open_only(oracle: OracleSimulator) -> OracleSimulator:
    """Lists show open records only; the mirror knows sixty, 1 to 60."""
    oracle.tenant("open-only")
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 61)])
    sync()
    return oracle


def close(oracle: OracleSimulator, *opty_ids: int, status: str = "WON") -> None:
    oracle.edit(*({"OptyId": n, "StatusCode": status} for n in opty_ids))
    oracle.forget_requests()


def test_deals_that_left_the_list_because_they_were_closed_are_closed_here(
    open_only: OracleSimulator,
) -> None:
    close(open_only, *range(1, 41))
    log = sync_all()
    assert (log.status, log.error_message) == (SyncStatus.SUCCESS, "")
    assert (log.updated_records, log.unchanged_records, log.removed_records) == (40, 20, 0)
    assert log.watermark
    assert closed() == 40
    history = OpportunityChange.objects.filter(sync_log=log, field="crm_status", new="WON")
    assert history.count() == 40


def test_what_a_list_of_open_deals_no_longer_shows_is_asked_for_once(
    open_only: OracleSimulator,
) -> None:
    close(open_only, *range(1, 41))
    sync_all()
    open_only.forget_requests()
    assert sync_all().status == SyncStatus.SUCCESS
    assert len(asked_for(open_only)) == 1  # Of which one learns that the list leaves them out.


def test_a_closed_deal_that_went_away_is_missed_where_the_list_just_has_none(
    oracle: OracleSimulator,
) -> None:
    oracle.serve([oracle_item(OptyId=1), oracle_item(OptyId=2, StatusCode="WON")])
    sync_all()
    oracle.hide(2)
    log = sync_all()
    assert (log.status, log.removed_records) == (SyncStatus.SUCCESS, 1)


def test_closed_deals_that_such_a_list_does_not_show_make_no_difference(
    open_only: OracleSimulator,
) -> None:
    close(open_only, *range(1, 41))
    assert not verify().is_equal
    sync_all()
    assert verify().is_equal


def test_an_incremental_run_asks_for_none(open_only: OracleSimulator) -> None:
    close(open_only, *range(1, 41))
    sync()
    assert asked_for(open_only) == []
    assert closed() == 0


def test_a_deal_that_is_reopened_is_open_again(open_only: OracleSimulator) -> None:
    close(open_only, 1)
    sync_all()
    assert closed() == 1
    close(open_only, 1, status="OPEN")
    sync_all()
    assert closed() == 0


def test_a_chosen_deal_that_only_its_number_brings_is_taken_in(open_only: OracleSimulator) -> None:
    close(open_only, 1)
    log = sync(only=("1",))
    assert (log.status, log.updated_records) == (SyncStatus.SUCCESS, 1)
    assert closed() == 1


def test_closings_beyond_the_removal_limit_are_taken_in_and_what_is_gone_waits(
    open_only: OracleSimulator, settings: Settings
) -> None:
    settings.SYNC_REMOVAL_LIMIT = 2
    for opty_id in range(41, 46):
        open_only.remove(opty_id)
    close(open_only, *range(1, 41))
    log = sync_all()
    assert (log.status, log.removed_records, log.removals_waiting) == (SyncStatus.PARTIAL, 0, 5)
    assert "5 of 60 opportunities are gone" in log.error_message
    assert closed() == 40
    assert sync_all(accept_removals=True).removed_records == 5


def test_a_deal_with_a_closed_status_that_no_setting_names_is_taken_in_and_said(
    open_only: OracleSimulator,
) -> None:
    close(open_only, 1, status="PARKED")
    log = sync_all()
    assert Opportunity.objects.get(remote_id="1").crm_status == "PARKED"
    assert log.status == SyncStatus.PARTIAL
    assert "left out 1 opportunity" in log.error_message
    assert log.unmapped_statuses == ["PARKED"]


def test_a_closed_deal_that_a_list_with_closed_ones_leaves_out_is_asked_for(
    oracle: OracleSimulator,
) -> None:
    oracle.serve([oracle_item(OptyId=n, StatusCode="WON") for n in (1, 2)])
    sync()
    oracle.remove(1)
    assert sync_all().removed_records == 1


def test_a_list_that_is_empty_because_every_deal_is_closed_is_no_failure(
    open_only: OracleSimulator,
) -> None:
    close(open_only, *range(1, 61))
    assert sync_all().status == SyncStatus.SUCCESS
    assert closed() == 60


def test_a_dry_run_tells_of_closings_and_writes_nothing(open_only: OracleSimulator) -> None:
    close(open_only, *range(1, 41))
    log = sync_all(dry_run=True)
    assert log.updated_records == 40
    assert closed() == 0
    assert not Opportunity.objects.exclude(asked_at=None).exists()


# --- at most so many a run ------------------------------------------------------------------


def test_runs_work_through_the_missing_ones_in_turn(
    open_only: OracleSimulator, settings: Settings
) -> None:
    settings.SYNC_QUESTION_LIMIT = 15
    close(open_only, *range(1, 41))
    for known, rest, of_closed in ((15, 25, 0), (30, 10, 1), (40, 0, 1)):
        open_only.forget_requests()
        log = sync_all()
        assert len(asked_for(open_only)) == (15 if rest else 10) + of_closed
        assert closed() == known
        assert log.status == (SyncStatus.PARTIAL if rest else SyncStatus.SUCCESS)
        assert (f"{rest} more opportunities" in log.error_message) == bool(rest)
        assert log.watermark


def test_those_asked_for_least_recently_come_first(
    open_only: OracleSimulator, settings: Settings
) -> None:
    settings.SYNC_QUESTION_LIMIT = 2
    # Their status is open here, so that they stay missing.
    close(open_only, 1, 2, 3, 4, 5, status="PARKED")
    asked = []
    for _ in range(3):
        open_only.forget_requests()
        sync_all()
        asked.append(sorted(asked_for(open_only)))
    assert asked == [["N-1", "N-2"], ["N-3", "N-4"], ["N-1", "N-5"]]


def test_no_question_is_asked_where_none_is_allowed(
    open_only: OracleSimulator, settings: Settings
) -> None:
    settings.SYNC_QUESTION_LIMIT = 0
    close(open_only, 1)
    log = sync_all()
    assert (asked_for(open_only), log.status) == ([], SyncStatus.PARTIAL)
    assert "1 more" in log.error_message


def test_many_closings_cost_no_more_queries_than_few(open_only: OracleSimulator) -> None:
    close(open_only, 1)
    sync_all()
    close(open_only, *range(2, 11))
    with CaptureQueriesContext(connection) as few:
        sync_all()
    close(open_only, *range(11, 51))
    with CaptureQueriesContext(connection) as many:
        sync_all()
    assert closed() == 50
    assert len(many) == len(few)


# --- a list without a single closed deal ------------------------------------------------------


@pytest.fixture
def two_hundred_and_one(oracle: OracleSimulator) -> OracleSimulator:
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 202)])
    return oracle


def test_many_deals_and_not_one_closed_are_no_chance(two_hundred_and_one: OracleSimulator) -> None:
    log = sync()
    assert (log.status, log.new_records) == (SyncStatus.PARTIAL, 201)
    assert ONLY_OPEN in log.error_message
    # Read completely, as Oracle shows it: else each night read everything.
    assert log.watermark
    assert (sync().sync_type, sync().status) == (SyncType.INCREMENTAL, SyncStatus.SUCCESS)


def test_whoever_wants_only_open_deals_says_so(
    two_hundred_and_one: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_SHOWS_OPEN_ONLY = True
    assert sync().status == SyncStatus.SUCCESS


@pytest.mark.parametrize(
    ("changed", "is_fine"),
    [
        ({"StatusCode": "LOST"}, True),
        ({"StatusCode": "closed - won"}, True),
        ({"StatusCode": "NO_SALE"}, False),
        ({"StatusCode": None}, False),
    ],
)
def test_what_is_closed_the_settings_say(
    two_hundred_and_one: OracleSimulator, changed: dict[str, Any], is_fine: bool
) -> None:
    two_hundred_and_one.edit({"OptyId": 7, **changed})
    assert (ONLY_OPEN not in sync().error_message) == is_fine


def test_two_hundred_open_deals_may_be_all_there_is(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 201)])
    assert sync().status == SyncStatus.SUCCESS


def test_a_tenant_that_sends_no_status_is_not_told_that_its_list_is_open(
    oracle: OracleSimulator,
) -> None:
    oracle.serve([oracle_item(OptyId=n, StatusCode=None) for n in range(1, 202)])
    assert sync().status == SyncStatus.SUCCESS
