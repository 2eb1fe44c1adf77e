from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from opportunities.models import Opportunity
from sync import conf
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.ingest.ingest import Ingester
from sync.ingest.upsert import Upsert
from sync.models import RejectedRecord, SyncLog, SyncStatus, SyncType
from sync.oracle.transport.salvage import BrokenRecord
from sync.tests.builders import oracle_item
from sync.tests.factories import RejectedRecordFactory
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

BAD = {"OptyId": 7, "Revenue": "much"}


def sync(**order: Any) -> SyncLog:
    return run_sync(SyncRequest(**order)).log


def sync_all() -> SyncLog:
    return sync(sync_type=SyncType.FULL)


def good(count: int) -> list[dict[str, Any]]:
    return [oracle_item(OptyId=100 + n) for n in range(count)]


@pytest.mark.parametrize(
    ("fault", "attribute", "reason"),
    [
        ("overflow", "Revenue", "is out of range: less than 10,000,000,000,000"),
        ("nan", "Revenue", "is not a finite number"),
        ("nul", "Name", "contains a NUL character"),
        ("long-text", "Name", "has 5,000 characters, 500 are possible"),
        ("bad-date", "EffectiveDate", "is not a date like 2026-01-31"),
        ("bad-date:field=LastUpdateDate", "LastUpdateDate", "is not a time like"),
        ("wrong-type", "Name", "is not a text"),
        ("null-field:field=Name", "Name", "is empty"),
        ("null-field:field=LastUpdateDate", "LastUpdateDate", "is empty"),
        ("absent-field:field=Name", "Name", "is missing"),
        ("missing-id", "OptyId", "is missing"),
        ("broken-bytes", "Name", "contains bytes that are no UTF-8"),
        ("half-character", "Name", "contains half a character"),
        ("forbidden-character", "Name", "contains characters that JSON forbids"),
        ("endless-number", "Revenue", "is out of range"),
        ("endless-number:field=Name", "Name", "is not a text"),
        ("endless-number:field=OptyId", "OptyId", "is not a whole number"),
        ("deep-nesting", "Name", "is not a single value"),
        ("deep-nesting:field=OptyId", "OptyId", "is not a single value"),
    ],
)
@pytest.mark.parametrize("paging", ["keyset", "offset"])
def test_a_bad_record_costs_one_record(
    oracle: OracleSimulator,
    settings: Settings,
    fault: str,
    attribute: str,
    reason: str,
    paging: str,
) -> None:
    settings.ORACLE_PAGING = paging
    oracle.serve(good(9))
    # Once: by offset, the last record is asked for again.
    oracle.faults(f"{fault}{',' if ':' in fault else ':'}rows=1,times=1")
    log = sync()
    assert log.status == SyncStatus.PARTIAL
    assert (log.total_fetched, log.new_records, log.failed_records) == (9, 8, 1)
    assert "1 record was rejected" in log.error_message
    rejected = RejectedRecord.objects.get()
    assert (rejected.field, rejected.tries, rejected.resolved) == (attribute, 1, False)
    assert rejected.reason.startswith(reason)
    assert rejected.sync_log == log
    assert rejected.payload["OptyNumber"] == "N-104"
    assert rejected.remote_id == (None if attribute == "OptyId" else "104")


@pytest.mark.parametrize("text", ["lone \ud800 surrogate", "\udfff"])
def test_half_a_character_costs_one_record(text: str) -> None:
    assert ingest({**oracle_item(OptyId=7), "Name": text}) == 1
    assert RejectedRecord.objects.get().reason.startswith("contains half a character")


def test_a_record_with_a_broken_name_of_an_attribute_is_refused_by_its_id() -> None:
    assert ingest(BrokenRecord({**oracle_item(OptyId=7), "Na\udcffme": "x"})) == 1
    rejected = RejectedRecord.objects.get()
    assert (rejected.remote_id, rejected.payload["Na\\xffme"]) == ("7", "x")
    assert rejected.reason == "has an attribute whose name cannot be read"


def ingest(item: Any) -> int:
    """Take in one item as a page of its own; say how many records were rejected."""
    ingester = Ingester(conf.field_mapping(), Upsert(log=None))
    return len(ingester.ingest(ingester.parse([item])).outcome.refused)


@pytest.mark.parametrize(
    ("item", "kept"), [("text", "text"), (5, 5), (["list"], ["list"]), ({}, {}), (None, "null")]
)
def test_what_is_no_record_is_kept_for_a_person_to_see(item: Any, kept: Any) -> None:
    assert ingest(item) == 1
    assert RejectedRecord.objects.get().payload == kept


def test_a_record_that_stands_twice_in_a_page_counts_once(oracle: OracleSimulator) -> None:
    oracle.serve(good(3))
    oracle.faults("duplicate")
    log = sync()
    assert (log.status, log.total_fetched, log.new_records) == (SyncStatus.SUCCESS, 3, 3)


def test_of_a_record_that_comes_twice_the_newer_counts() -> None:
    newer = oracle_item(OptyId=7, Name="Newer", LastUpdateDate="2026-11-02T00:00:00Z")
    older = oracle_item(OptyId=7, Name="Older", LastUpdateDate="2026-11-01T00:00:00Z")
    for page in ([newer, older], [older, newer]):
        Opportunity.objects.all().delete()
        ingester = Ingester(conf.field_mapping(), Upsert(log=None))
        ingester.ingest(ingester.parse(page))
        assert Opportunity.objects.get().name == "Newer"


# --- tried again --------------------------------------------------------------------------------


def test_the_same_bad_record_every_day_stays_one_row(oracle: OracleSimulator) -> None:
    oracle.serve([*good(2), oracle_item(**BAD)])
    first, _, last = sync(), sync(), sync()
    rejected = RejectedRecord.objects.get()
    assert rejected.tries == 3
    assert (rejected.sync_log, last.status) == (last, SyncStatus.PARTIAL)
    assert rejected.first_seen_at < last.started_at < rejected.last_seen_at
    assert first.failed_records == last.failed_records == 1


def test_a_bad_record_without_an_id_stays_one_row_as_well(oracle: OracleSimulator) -> None:
    oracle.serve(good(3))
    oracle.faults("missing-id:rows=1")
    sync_all()
    sync_all()
    assert RejectedRecord.objects.get().tries == 2


def test_a_record_that_has_become_right_goes_through_though_nobody_stamped_it_anew(
    oracle: OracleSimulator,
) -> None:
    oracle.clock("2026-11-20T12:00:00Z")
    newest = oracle_item(OptyId=1, LastUpdateDate="2026-11-20T11:00:00Z")
    oracle.serve([newest, oracle_item(**BAD)])
    sync()
    oracle.edit({"OptyId": 7, "Revenue": 250})
    log = sync()
    assert (log.sync_type, log.new_records) == (SyncType.INCREMENTAL, 1)
    assert log.status == SyncStatus.SUCCESS
    rejected = RejectedRecord.objects.get()
    assert rejected.resolved
    assert rejected.resolved_at
    assert Opportunity.objects.get(remote_id="7").deal_value == Decimal(250)


def test_a_resolved_record_that_turns_bad_again_is_a_new_case(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(**BAD)])
    for revenue in (250, "much"):
        sync_all()
        oracle.edit({"OptyId": 7, "Revenue": revenue})
    sync_all()
    assert set(RejectedRecord.objects.values_list("resolved", flat=True)) == {True, False}


def test_a_known_record_that_turns_bad_keeps_its_last_good_values(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=7)])
    sync()
    oracle.edit({**BAD, "Name": "Changed"})
    log = sync_all()
    assert (log.failed_records, log.removed_records) == (1, 0)
    stored = Opportunity.objects.get()
    assert (stored.deal_value, stored.removed_in_crm_at) == (Decimal(250_000), None)
    assert stored.name != "Changed"


def test_a_quarantined_record_that_is_gone_makes_no_run_partial(oracle: OracleSimulator) -> None:
    oracle.serve([*good(2), oracle_item(**BAD)])
    sync()
    oracle.remove(7)
    assert sync().status == SyncStatus.SUCCESS


def test_a_bad_record_moves_the_watermark_as_it_is_tried_by_its_id(
    oracle: OracleSimulator,
) -> None:
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([oracle_item(OptyId=1, LastUpdateDate="2026-11-20T11:00:00Z"), oracle_item(**BAD)])
    log = sync()
    assert log.status == SyncStatus.PARTIAL
    assert log.watermark
    assert log.watermark.isoformat() == "2026-11-20T11:00:00+00:00"


def test_a_record_rejected_without_an_id_is_not_passed_by_the_watermark(
    oracle: OracleSimulator,
) -> None:
    oracle.clock("2026-11-20T12:00:00Z")
    newest = oracle_item(OptyId=9, LastUpdateDate="2026-11-20T11:00:00Z")
    oracle.serve([oracle_item(OptyId=1), oracle_item(OptyId=2), oracle_item(OptyId=3), newest])
    oracle.faults("missing-id:rows=1")
    assert sync().new_records == 3
    oracle.faults()
    sync()
    assert Opportunity.objects.count() == 4


# --- many of them ---------------------------------------------------------------------------------


def quarantined(*opty_ids: int) -> None:
    RejectedRecord.objects.bulk_create(
        RejectedRecordFactory.build(sync_log=None, remote_id=str(n), fingerprint=str(n))
        for n in opty_ids
    )


def asked_by_id(oracle: OracleSimulator) -> list[str]:
    asked = (each["params"].get("q", "") for each in oracle.requests())
    return [q for q in asked if q.startswith(("OptyId in", "OptyId ="))]


def sync_beside_a_newer_one(oracle: OracleSimulator, items: list[dict[str, Any]]) -> None:
    """So that no incremental list shows these again by itself."""
    oracle.clock("2026-11-20T12:00:00Z")
    oracle.serve([oracle_item(OptyId=1, LastUpdateDate="2026-11-20T11:00:00Z"), *items])
    sync()
    oracle.forget_requests()


@pytest.mark.any_database
def test_fifteen_hundred_cost_the_next_run_at_most_twenty_requests_none_too_long_for_a_server(
    oracle: OracleSimulator,
) -> None:
    bad = [oracle_item(OptyId=300_000_000_000_000 + n, Revenue="much") for n in range(1500)]
    sync_beside_a_newer_one(oracle, bad)
    oracle.edit(*({"OptyId": each["OptyId"], "Revenue": 250} for each in bad))
    log, asked = sync(), oracle.requests()
    assert log.sync_type == SyncType.INCREMENTAL
    assert (log.status, log.new_records) == (SyncStatus.SUCCESS, 1500)
    assert not RejectedRecord.objects.unresolved().exists()
    assert log.requests == len(asked) <= 20
    assert max(len(urlencode(each["params"])) for each in asked) < 6000


def test_a_tenant_that_knows_no_batches_is_asked_for_few_at_a_time_in_turn(
    oracle: OracleSimulator,
) -> None:
    oracle.tenant("plain-q")
    sync_beside_a_newer_one(oracle, [oracle_item(OptyId=n) for n in range(100, 140)])
    quarantined(*range(100, 140))
    numbers = []
    for _ in range(3):
        oracle.forget_requests()
        log = sync()
        assert (log.status, log.requests <= 20) == (SyncStatus.SUCCESS, True)
        numbers.append(RejectedRecord.objects.unresolved().count())
    assert numbers == [25, 10, 0]


def test_those_that_oracle_does_not_show_are_not_asked_for_before_the_others(
    oracle: OracleSimulator,
) -> None:
    oracle.tenant("plain-q")
    oracle.serve([oracle_item(OptyId=1)])
    sync()
    quarantined(*range(100, 120))
    sync()
    oracle.forget_requests()
    sync()
    tried = [int(q.rpartition(" ")[2]) for q in asked_by_id(oracle) if " = " in q]
    assert tried[:5] == [115, 116, 117, 118, 119]


def test_a_batch_that_comes_in_pieces_is_read_to_its_end(oracle: OracleSimulator) -> None:
    sync_beside_a_newer_one(oracle, [oracle_item(OptyId=n) for n in range(2, 41)])
    quarantined(*range(2, 41))
    oracle.faults("short-pages:rows=15,times=0")
    sync()
    assert not RejectedRecord.objects.unresolved().exists()


@pytest.mark.parametrize("tenant", ["unqueryable:attributes=OptyId", "no-q-with-finder"])
def test_where_oracle_cannot_be_asked_by_id_the_run_says_so_and_goes_on(
    oracle: OracleSimulator, settings: Settings, tenant: str
) -> None:
    settings.ORACLE_PAGING = "offset"
    oracle.serve([oracle_item(OptyId=n) for n in (1, 2)])
    sync()
    quarantined(7)
    oracle.tenant(tenant)
    log = sync_all()
    assert (log.status, bool(log.watermark)) == (SyncStatus.SUCCESS, True)
    assert any("not all tried again" in each for each in log.remarks)


def test_trying_again_takes_the_same_queries_for_many_as_for_few(
    oracle: OracleSimulator,
) -> None:
    sync_beside_a_newer_one(oracle, [oracle_item(OptyId=n) for n in range(2, 101)])
    sync()  # From here on the list itself brings nothing.
    counts = []
    for ids in (range(2, 12), range(12, 101)):
        quarantined(*ids)
        with CaptureQueriesContext(connection) as queries:
            sync()
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert not RejectedRecord.objects.unresolved().exists()


# --- decided by people --------------------------------------------------------------------------


def test_an_ignored_record_does_not_make_a_run_partial_but_is_still_counted(
    oracle: OracleSimulator,
) -> None:
    oracle.serve([*good(2), oracle_item(**BAD)])
    sync()
    RejectedRecord.objects.update(ignored_reason="A test record of sales")
    log = sync()
    assert (log.status, log.failed_records, log.error_message) == (SyncStatus.SUCCESS, 1, "")
    assert RejectedRecord.objects.get().tries == 2


def test_an_ignored_record_that_has_become_right_goes_through(oracle: OracleSimulator) -> None:
    oracle.serve([*good(2), oracle_item(**BAD)])
    sync()
    RejectedRecord.objects.update(ignored_reason="A test record of sales")
    oracle.edit({"OptyId": 7, "Revenue": 250})
    assert sync().new_records == 1
    assert RejectedRecord.objects.get().resolved


# --- what is kept of it -------------------------------------------------------------------------


def test_a_payload_is_kept_in_a_form_every_database_and_page_can_show() -> None:
    item = oracle_item(OptyId=7, Name="nul \0 half \ud800 " + "x" * 9000, Revenue=Decimal("NaN"))
    assert ingest({**item, "strange\0\ud800": [1, {"a": True}], "Big": 10**30}) == 1
    payload = RejectedRecord.objects.get().payload
    assert payload["Name"].startswith("nul \\x00 half \\ud800 xxx")
    assert payload["Name"].endswith("… (9,013 characters)")
    assert len(payload["Name"]) < 2100
    assert payload["Revenue"] == "NaN"
    assert payload["strange\\x00\\ud800"] == [1, {"a": True}]
    assert payload["Big"] == 10**30


def test_many_bad_records_are_each_noted(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=n, Revenue="much") for n in range(1, 31)])
    log = sync()
    assert (log.failed_records, log.new_records) == (30, 0)
    assert "30 records were rejected" in log.error_message
    assert RejectedRecord.objects.unresolved().count() == 30
