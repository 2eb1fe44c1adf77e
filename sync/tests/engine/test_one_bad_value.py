"""Of 2,000 records one has a value that is no JSON, no UTF-8 or no number: it alone stays out."""

from typing import Any

import pytest
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import RejectedRecord, SyncLog, SyncStatus, SyncType
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

NAMES = ((1, "Café"), (2, "Tea"))

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def sync_all() -> SyncLog:
    return run_sync(SyncRequest(sync_type=SyncType.FULL)).log


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("broken-bytes", "Gr\\xf6\\xdfe"),
        ("cut-character", "\\xf0\\x9f\\x9a"),
        ("half-character", "half \\ud83d"),
        ("forbidden-character", "two\nlines\t\\x01"),
        ("endless-number:field=Name", "9" * 2_000 + "… (5,000 characters)"),
        ("deep-nesting:depth=100000", "[" * 2_000 + "… (200,000 characters)"),
    ],
)
def test_one_bad_name_of_2000_costs_one_record_until_it_is_right(
    oracle: OracleSimulator, settings: Settings, fault: str, name: str
) -> None:
    settings.ORACLE_PAGE_SIZE = 500
    closed = oracle_item(OptyId=999, StatusCode="WON")
    oracle.serve([closed, *(oracle_item(OptyId=1_000 + n) for n in range(1_999))])
    # In the first page, of 500; where the record is then asked for by its id, once more.
    oracle.faults(f"{fault}{',' if ':' in fault else ':'}rows=1,times=1")
    log = sync_all()
    assert (log.status, log.failed_records, log.retries) == (SyncStatus.PARTIAL, 1, 0)
    assert Opportunity.objects.count() == 1_999
    rejected = RejectedRecord.objects.get()
    assert (rejected.remote_id, rejected.payload["Name"]) == ("1249", name)
    oracle.faults()
    log = sync_all()
    assert (log.status, log.new_records) == (SyncStatus.SUCCESS, 1)
    assert Opportunity.objects.count() == 2_000
    assert RejectedRecord.objects.get().resolved


def test_a_list_within_a_list_is_kept_as_deep_as_a_page_can_show(oracle: OracleSimulator) -> None:
    deep: Any = "name"
    for _ in range(300):
        deep = [deep]
    oracle.serve([oracle_item(OptyId=1), {**oracle_item(OptyId=2), "Name": deep}])
    assert sync_all().failed_records == 1
    assert str(RejectedRecord.objects.get().payload["Name"]).count("[") == 19


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16"])
def test_another_charset_is_read_where_it_is_told(oracle: OracleSimulator, charset: str) -> None:
    oracle.serve([oracle_item(OptyId=n, Name=name) for n, name in NAMES])
    oracle.faults(f"other-charset:name={charset}")
    assert sync_all().status == SyncStatus.SUCCESS
    assert set(Opportunity.objects.values_list("name", flat=True)) == {"Café", "Tea"}


def test_another_charset_that_is_not_told_costs_the_records_that_need_it(
    oracle: OracleSimulator,
) -> None:
    ascii_only = {"TargetPartyName": "Tea", "PartyName1": "Sam", "Geo_c": "EU"}
    oracle.serve([oracle_item(OptyId=n, Name=name, **ascii_only) for n, name in NAMES])
    oracle.faults("other-charset:name=iso-8859-1,told=0")
    log = sync_all()
    assert (log.status, log.new_records, log.failed_records) == (SyncStatus.PARTIAL, 1, 1)
    assert RejectedRecord.objects.get().payload["Name"] == "Caf\\xe9"


def test_an_id_beyond_all_sense_is_no_place_to_read_on_from(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_PAGE_SIZE = 3
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 10)])
    oracle.faults("endless-number:field=OptyId,digits=20,rows=1,times=1")
    log = sync_all()
    assert (log.status, log.new_records, log.failed_records) == (SyncStatus.PARTIAL, 8, 1)
