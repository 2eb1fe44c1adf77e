from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import OpportunityChange, SyncLog, SyncStatus, SyncType
from sync.tests.builders import oracle_item
from sync.tests.refusals import an_hour_passes
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db


def sync(**order: Any) -> SyncLog:
    return run_sync(SyncRequest(**order)).log


def sync_all(**order: Any) -> SyncLog:
    return sync(sync_type=SyncType.FULL, **order)


def flagged() -> dict[str, str]:
    rows = Opportunity.objects.exclude(removed_in_crm_at=None)
    return dict(rows.values_list("remote_id", "removal_reason"))


def asked_for(oracle: OracleSimulator) -> set[str]:
    """The numbers of the records that were asked for one by one."""
    paths = (each["path"].rpartition("/opportunities/") for each in oracle.requests())
    return {number for _, _, number in paths if number.startswith("N-")}


@pytest.fixture
def known(oracle: OracleSimulator) -> OracleSimulator:
    """Oracle with thirty opportunities, 1 to 30, that the mirror has."""
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 31)])
    sync()
    return oracle


def test_what_is_gone_is_flagged_and_never_erased(known: OracleSimulator) -> None:
    known.remove(4)
    log = sync_all()
    assert (log.status, log.removed_records) == (SyncStatus.SUCCESS, 1)
    assert flagged() == {"4": "GONE"}
    assert Opportunity.objects.count() == 30


def test_what_our_user_no_longer_sees_is_flagged_as_hidden(known: OracleSimulator) -> None:
    known.hide(4, 5)
    assert sync_all().removed_records == 2
    assert flagged() == {"4": "HIDDEN", "5": "HIDDEN"}


def test_a_removal_stands_in_the_timeline_and_leaves_people_their_work(
    known: OracleSimulator,
) -> None:
    Opportunity.objects.update(sa_notes="Mine", workflow_status="APPROVED")
    known.remove(4)
    log = sync_all()
    removed = Opportunity.objects.get(remote_id="4")
    change = OpportunityChange.objects.get()
    assert (change.opportunity, change.sync_log, change.field) == (
        *(removed, log),
        "removed_in_crm_at",
    )
    assert removed.removed_in_crm_at
    assert change.new == removed.removed_in_crm_at.isoformat()
    assert (removed.sa_notes, removed.workflow_status) == ("Mine", "APPROVED")


def test_it_is_flagged_once(known: OracleSimulator) -> None:
    known.remove(4)
    sync_all()
    before = Opportunity.objects.values().get(remote_id="4")
    known.forget_requests()
    assert sync_all().removed_records == 0
    assert Opportunity.objects.values().get(remote_id="4") == before
    assert asked_for(known) == set()


def test_what_comes_back_is_no_longer_flagged(known: OracleSimulator) -> None:
    known.hide(4)
    sync_all()
    known.hide()
    log = sync_all()
    assert (log.updated_records, flagged()) == (1, {})


def test_what_a_list_leaves_out_but_oracle_still_shows_is_not_flagged(
    known: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_FINDER += ",EffectiveBeginDate='2026-06-01'"
    known.edit({"OptyId": 4, "EffectiveDate": "2026-01-01"})
    log = sync_all()
    assert (log.removed_records, flagged()) == (0, {})
    assert log.status == SyncStatus.PARTIAL
    assert "left out 1 opportunity" in log.error_message
    assert "OptyId 4" in log.error_message


def test_a_record_without_a_number_cannot_be_confirmed_and_is_not_flagged(
    known: OracleSimulator,
) -> None:
    Opportunity.objects.filter(remote_id="4").update(opty_number=None)
    known.remove(4)
    assert sync_all().removed_records == 0


def test_an_incremental_run_removes_nothing(known: OracleSimulator) -> None:
    known.remove(4)
    assert sync().removed_records == 0
    assert flagged() == {}


@pytest.mark.parametrize("order", [{"only": ("1",)}, {"since": datetime(2020, 1, 1, tzinfo=UTC)}])
def test_a_run_that_reads_a_choice_removes_nothing(
    known: OracleSimulator, order: dict[str, Any]
) -> None:
    known.remove(4)
    assert sync(**order).removed_records == 0
    assert flagged() == {}


@pytest.mark.parametrize("fault", ["error-500:after=1,times=0", "page-repeated", "unauthorized"])
def test_a_run_whose_pages_failed_removes_nothing(
    known: OracleSimulator, settings: Settings, fault: str
) -> None:
    settings.ORACLE_PAGE_SIZE = 10
    known.remove(4)
    known.faults(fault)
    assert sync_all().removed_records == 0
    assert flagged() == {}


def test_a_record_that_was_rejected_is_not_taken_for_gone(known: OracleSimulator) -> None:
    known.edit({"OptyId": 4, "Revenue": "much"})
    known.remove(5)
    sync_all()
    assert flagged() == {"5": "GONE"}
    assert "N-4" not in asked_for(known)


def test_an_oracle_that_fails_while_it_is_asked_flags_only_what_it_confirmed(
    known: OracleSimulator,
) -> None:
    known.remove(4)
    known.faults("error-503:on=one,times=0")
    log = sync_all()
    assert (log.status, log.removed_records) == (SyncStatus.PARTIAL, 0)
    assert flagged() == {}


@pytest.mark.parametrize(
    ("removed", "limit", "percent", "stopped"),
    [
        (3, 2, 5, True),
        (3, 3, 5, False),
        (3, 2, 10, False),
        (3, 0, 0, True),
        (30, 1000, 5, False),
    ],
)
def test_the_guard_needs_both_count_and_share(
    known: OracleSimulator,
    settings: Settings,
    removed: int,
    limit: int,
    percent: float,
    stopped: bool,
) -> None:
    settings.SYNC_REMOVAL_LIMIT, settings.SYNC_REMOVAL_LIMIT_PERCENT = limit, percent
    known.edit(oracle_item(OptyId=99))
    for opty_id in range(1, removed + 1):
        known.remove(opty_id)
    log = sync_all()
    assert log.status == (SyncStatus.PARTIAL if stopped else SyncStatus.SUCCESS)
    assert len(flagged()) == log.removed_records == (0 if stopped else removed)


def test_beyond_the_limit_oracle_is_asked_and_only_the_flags_wait(
    known: OracleSimulator, settings: Settings
) -> None:
    settings.SYNC_REMOVAL_LIMIT = 2
    known.hide(*range(1, 21))
    known.forget_requests()
    log = sync_all()
    assert "20 of 30 opportunities" in log.error_message
    assert "--accept-removals" in log.error_message
    assert len(asked_for(known)) == 20
    assert flagged() == {}


def waiting() -> int:
    return SyncLog.objects.removals_waiting()


def test_a_person_may_accept_many_removals(known: OracleSimulator, settings: Settings) -> None:
    settings.SYNC_REMOVAL_LIMIT = 2
    known.hide(*range(1, 21))
    sync_all()
    log = sync_all(accept_removals=True)
    assert (log.status, log.removed_records) == (SyncStatus.SUCCESS, 20)
    assert (len(flagged()), waiting()) == (20, 0)


def test_removals_wait_until_a_full_run_finds_nothing_to_object_to(
    known: OracleSimulator, settings: Settings
) -> None:
    settings.SYNC_REMOVAL_LIMIT = 2
    assert waiting() == 0
    known.hide(*range(1, 21))
    assert (sync_all().removals_waiting, waiting()) == (20, 20)
    assert (sync().removals_waiting, waiting()) == (None, 20)
    known.faults("unauthorized")
    assert (sync_all().removals_waiting, waiting()) == (None, 20)
    known.faults()
    known.hide()
    an_hour_passes()
    assert (sync_all().removals_waiting, waiting()) == (0, 0)


def test_a_dry_run_counts_removals_and_flags_none(known: OracleSimulator) -> None:
    known.remove(4)
    assert sync_all(dry_run=True).removed_records == 1
    assert flagged() == {}
