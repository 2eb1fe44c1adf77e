from decimal import Decimal

import pytest
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.refresh import refresh_opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import OpportunityChange, RejectedRecord, SyncLog
from sync.oracle.errors import (
    OracleConfigError,
    OracleForbidden,
    OracleLoginRefused,
    OracleNotFound,
    OracleUnavailable,
    RecordError,
)
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

LATER = "2026-11-01T08:00:00+00:00"


@pytest.fixture
def known(oracle: OracleSimulator) -> OracleSimulator:
    """Oracle with two opportunities, 7 and 8, that the mirror has."""
    oracle.serve([oracle_item(OptyId=7, OptyNumber="DE/Q1 #7"), oracle_item(OptyId=8)])
    run_sync(SyncRequest())
    return oracle


@pytest.mark.parametrize("key", ["7", "DE/Q1 #7"])
def test_one_record_is_brought_up_to_date_and_says_what_changed(
    known: OracleSimulator, key: str
) -> None:
    Opportunity.objects.update(sa_notes="Mine")
    known.edit({"OptyId": 7, "Revenue": 9, "SalesStage": None, "LastUpdateDate": LATER})
    known.edit({"OptyId": 8, "Revenue": 9, "LastUpdateDate": LATER})
    refreshed = refresh_opportunity(key)
    assert set(refreshed.changed_fields) == {"deal_value", "stage"}
    assert refreshed.opportunity.deal_value == Decimal(9)
    assert refreshed.opportunity.sa_notes == "Mine"
    assert Opportunity.objects.get(remote_id="8").deal_value == Decimal(250_000)


def test_its_changes_belong_to_no_run(known: OracleSimulator) -> None:
    known.edit({"OptyId": 7, "Revenue": 9, "LastUpdateDate": LATER})
    refresh_opportunity("7")
    change = OpportunityChange.objects.get()
    assert (change.sync_log, change.field, change.new) == (None, "deal_value", "9.00")
    assert SyncLog.objects.count() == 1


def test_nothing_new_changes_nothing(known: OracleSimulator) -> None:
    before = Opportunity.objects.values().get(remote_id="7")
    assert refresh_opportunity("7").changed_fields == []
    assert Opportunity.objects.values().get(remote_id="7") == before


@pytest.mark.parametrize("key", ["9", "NEW-9"])
def test_a_record_the_mirror_does_not_have_yet_is_taken_in(
    known: OracleSimulator, key: str
) -> None:
    known.edit(oracle_item(OptyId=9, OptyNumber="NEW-9"))
    refreshed = refresh_opportunity(key)
    assert refreshed.opportunity.remote_id == "9"
    assert {"name", "deal_value"} <= set(refreshed.changed_fields)


def test_a_number_of_digits_is_found_though_no_id_is_like_it(known: OracleSimulator) -> None:
    known.edit(oracle_item(OptyId=9, OptyNumber="4711"))
    assert refresh_opportunity("4711").opportunity.remote_id == "9"


def test_a_deal_closed_meanwhile_is_closed(known: OracleSimulator) -> None:
    known.edit({"OptyId": 7, "StatusCode": "WON", "LastUpdateDate": LATER})
    refreshed = refresh_opportunity("7")
    assert refreshed.opportunity.workflow_status == "CLOSED_IN_CRM"
    assert set(refreshed.changed_fields) == {"crm_status", "workflow_status"}


@pytest.mark.parametrize("key", ["8", "N-8"])
def test_a_deal_that_only_its_number_brings_is_brought_up_to_date(
    known: OracleSimulator, key: str
) -> None:
    known.tenant("open-only")
    known.edit({"OptyId": 8, "StatusCode": "WON", "LastUpdateDate": LATER})
    assert refresh_opportunity(key).opportunity.workflow_status == "CLOSED_IN_CRM"


@pytest.mark.parametrize("key", ["8", "N-8"])
def test_another_deal_that_bears_the_number_now_is_not_it(known: OracleSimulator, key: str) -> None:
    known.remove(8)
    known.edit(oracle_item(OptyId=99, OptyNumber="N-8"))
    with pytest.raises(OracleNotFound):
        refresh_opportunity(key)


def test_a_tenant_that_cannot_be_asked_by_id_is_asked_by_number(known: OracleSimulator) -> None:
    known.tenant("unqueryable:attributes=OptyId")
    known.edit({"OptyId": 8, "Revenue": 9, "LastUpdateDate": LATER})
    assert refresh_opportunity("8").changed_fields == ["deal_value"]


def test_a_record_that_has_become_right_leaves_quarantine(known: OracleSimulator) -> None:
    known.edit({"OptyId": 7, "Revenue": "much", "LastUpdateDate": LATER})
    with pytest.raises(RecordError) as caught:
        refresh_opportunity("7")
    assert (caught.value.attribute, caught.value.remote_id) == ("Revenue", "7")
    assert RejectedRecord.objects.get().sync_log is None
    known.edit({"OptyId": 7, "Revenue": 9})
    refresh_opportunity("7")
    assert RejectedRecord.objects.get().resolved


@pytest.mark.parametrize("key", ["77", "none", "²", "7 or 1=1"])
def test_what_oracle_does_not_show_is_not_found(known: OracleSimulator, key: str) -> None:
    before = list(Opportunity.objects.order_by("pk").values())
    with pytest.raises(OracleNotFound, match="shows no opportunity"):
        refresh_opportunity(key)
    assert list(Opportunity.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("key", ["describe", "", "."])
def test_an_address_that_is_no_record_is_not_found(known: OracleSimulator, key: str) -> None:
    with pytest.raises(OracleNotFound):
        refresh_opportunity(key)
    assert not RejectedRecord.objects.exists()


def test_what_is_gone_stays_as_it_was(known: OracleSimulator) -> None:
    known.remove(7)
    with pytest.raises(OracleNotFound):
        refresh_opportunity("7")
    assert Opportunity.objects.get(remote_id="7").removed_in_crm_at is None


def test_what_our_user_may_not_see_is_forbidden(known: OracleSimulator) -> None:
    known.hide(7)
    with pytest.raises(OracleForbidden):
        refresh_opportunity("DE/Q1 #7")


def test_an_oracle_that_is_down_is_told_in_a_sentence(
    known: OracleSimulator, settings: Settings
) -> None:
    known.faults("error-503:times=0,on=all")
    with pytest.raises(OracleUnavailable, match="did not give an answer in 3 attempts"):
        refresh_opportunity("7")
    known.faults("unauthorized:on=all")
    with pytest.raises(OracleLoginRefused, match="ORACLE_PASSWORD"):
        refresh_opportunity("7")
    settings.ORACLE_BASE_URL = ""
    with pytest.raises(OracleConfigError, match="ORACLE_BASE_URL is not set"):
        refresh_opportunity("7")
