"""What Oracle answers when it is asked what became of a record that its list does not show."""

from typing import Any

import pytest
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import RejectedRecord, SyncLog, SyncStatus, SyncType
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db


def sync_all(**order: Any) -> SyncLog:
    return run_sync(SyncRequest(sync_type=SyncType.FULL, **order)).log


def flagged() -> dict[str, str]:
    rows = Opportunity.objects.exclude(removed_in_crm_at=None)
    return dict(rows.values_list("remote_id", "removal_reason"))


@pytest.fixture
def known(oracle: OracleSimulator, settings: Settings) -> OracleSimulator:
    """Oracle with ten opportunities, 1 to 10, that the mirror has; the first is closed."""
    settings.ORACLE_CONCURRENCY = settings.ORACLE_MAX_ATTEMPTS = 1
    oracle.serve([oracle_item(OptyId=n) for n in range(2, 11)])
    oracle.edit(oracle_item(OptyId=1, StatusCode="WON"))
    sync_all()
    return oracle


@pytest.mark.parametrize("fault", [
    "odd-answer:status=400", "odd-answer:status=405", "odd-answer:status=406",
    "odd-answer:status=418", "odd-answer:status=500", "odd-answer:status=503",
    "html", "redirect", "not-a-page", "cut", "empty-body", "exception",
])  # fmt: skip
def test_a_record_whose_answer_is_odd_is_kept_and_named_and_the_others_are_flagged(
    known: OracleSimulator, fault: str
) -> None:
    for opty_id in (4, 5, 6):
        known.remove(opty_id)
    known.faults(f"{fault}{',' if ':' in fault else ':'}on=one,times=1")
    log = sync_all()
    assert log.status == SyncStatus.PARTIAL
    assert "OptyId 4." in log.error_message
    assert flagged() == {"5": "GONE", "6": "GONE"}
    assert log.watermark
    known.faults()
    assert sync_all().status == SyncStatus.SUCCESS
    assert flagged() == {"4": "GONE", "5": "GONE", "6": "GONE"}


def test_410_is_gone(known: OracleSimulator) -> None:
    known.remove(4)
    known.faults("odd-answer:status=410,on=one")
    assert sync_all().status == SyncStatus.SUCCESS
    assert flagged() == {"4": "GONE"}


def test_a_refused_login_ends_all(known: OracleSimulator) -> None:
    for opty_id in (4, 5, 6):
        known.remove(opty_id)
    known.forget_requests()
    known.faults("unauthorized:on=one")
    log = sync_all()
    assert (log.status, log.watermark, flagged()) == (SyncStatus.PARTIAL, None, {})
    assert "refused the login" in log.error_message
    assert len([each for each in known.requests() if "/N-" in each["path"]]) == 1


def test_an_oracle_that_is_down_is_not_told_so_by_each_record(
    known: OracleSimulator, settings: Settings
) -> None:
    for opty_id in range(2, 11):
        known.remove(opty_id)
    known.forget_requests()
    known.faults("error-503:on=one,times=0")
    log = sync_all()
    assert (log.status, flagged()) == (SyncStatus.PARTIAL, {})
    asked = {each["path"] for each in known.requests() if "/N-" in each["path"]}
    assert len(asked) == 5
    assert "4 more opportunities" in log.error_message


def test_a_record_without_a_number_is_kept_and_named(known: OracleSimulator) -> None:
    Opportunity.objects.filter(remote_id="4").update(opty_number=None)
    known.remove(4)
    log = sync_all()
    assert (log.status, flagged()) == (SyncStatus.PARTIAL, {})
    assert "OptyId 4." in log.error_message


# --- numbers ----------------------------------------------------------------------------------


def test_a_number_used_again_for_another_deal_does_not_keep_the_old_one_alive(
    known: OracleSimulator,
) -> None:
    known.remove(4)
    known.edit(oracle_item(OptyId=99, OptyNumber="N-4", StatusCode="WON"))
    assert sync_all().status == SyncStatus.SUCCESS
    assert flagged() == {"4": "GONE"}
    assert Opportunity.objects.filter(remote_id="99").exists()


def test_the_other_deal_is_taken_in_where_only_the_number_shows_it(
    oracle: OracleSimulator,
) -> None:
    oracle.tenant("open-only")
    oracle.serve([oracle_item(OptyId=n) for n in (1, 2)])
    sync_all()
    oracle.remove(2)
    oracle.edit(oracle_item(OptyId=99, OptyNumber="N-2", StatusCode="WON"))
    assert sync_all().status == SyncStatus.SUCCESS
    assert flagged() == {"2": "GONE"}
    assert Opportunity.objects.get(remote_id="99").workflow_status == "CLOSED_IN_CRM"


def test_a_number_that_names_something_else_proves_nothing(known: OracleSimulator) -> None:
    Opportunity.objects.filter(remote_id="4").update(opty_number="describe")
    known.remove(4)
    assert (sync_all().status, flagged()) == (SyncStatus.PARTIAL, {})


def slashed(opty_id: int, **more: Any) -> dict[str, Any]:
    return oracle_item(OptyId=opty_id, OptyNumber=f"DE/{opty_id}", **more)


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_server_that_refuses_a_slash_tells_nothing_of_numbers_with_one(
    oracle: OracleSimulator, status: int
) -> None:
    oracle.tenant(f"no-slash:status={status}")
    oracle.serve([slashed(1), slashed(2), oracle_item(OptyId=3)])
    sync_all()
    oracle.remove(2)
    oracle.remove(3)
    log = sync_all()
    assert (log.status, flagged()) == (SyncStatus.PARTIAL, {"3": "GONE"})
    assert "OptyId 2." in log.error_message


def test_where_one_with_a_slash_is_found_those_not_found_are_gone(oracle: OracleSimulator) -> None:
    oracle.serve([slashed(1), slashed(2)])
    sync_all()
    oracle.remove(2)
    assert sync_all().status == SyncStatus.SUCCESS
    assert flagged() == {"2": "GONE"}


def test_without_another_slash_to_try_it_with_nothing_is_proven(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=1), slashed(2)])
    sync_all()
    oracle.remove(2)
    assert (sync_all().status, flagged()) == (SyncStatus.PARTIAL, {})


def test_a_slash_keeps_no_closing_from_arriving(oracle: OracleSimulator) -> None:
    oracle.tenant("open-only")
    oracle.serve([oracle_item(OptyId=1), slashed(2)])
    sync_all()
    oracle.edit({"OptyId": 2, "StatusCode": "LOST"})
    assert sync_all().status == SyncStatus.SUCCESS
    assert Opportunity.objects.get(remote_id="2").crm_outcome == "LOST"


# --- the reading itself -------------------------------------------------------------------------


def test_what_a_reading_missed_is_taken_in_and_holds_the_watermark(known: OracleSimulator) -> None:
    known.faults("absent-field:field=OptyId,rows=1,times=1")
    sync_all()
    # Else the record without an id would hold the watermark by itself.
    RejectedRecord.objects.update(ignored_reason="Known")
    known.faults("absent-field:field=OptyId,rows=1,times=1")
    log = sync_all()
    assert (log.status, log.watermark) == (SyncStatus.PARTIAL, None)
    assert "missed 1 opportunity" in log.error_message
    assert flagged() == {}
    known.faults()
    assert sync_all().watermark
