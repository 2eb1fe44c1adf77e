from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import OpportunityChange, RejectedRecord, SyncLog, SyncStatus, SyncType
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

LATER = "2026-11-01T08:00:00+00:00"


def sync_all() -> SyncLog:
    return run_sync(SyncRequest(sync_type=SyncType.FULL)).log


def change(oracle: OracleSimulator, opty_id: int = 1, **news: Any) -> SyncLog:
    """Let Oracle change one record, and sync."""
    oracle.edit({"OptyId": opty_id, "LastUpdateDate": LATER, **news})
    return sync_all()


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    return [oracle_item(OptyId=n, **more) for n in range(1, count + 1)]


@pytest.fixture
def known(oracle: OracleSimulator) -> OracleSimulator:
    """Oracle with one opportunity, 1, that the mirror has."""
    oracle.serve(rows(1))
    sync_all()
    return oracle


# --- columns ------------------------------------------------------------------------------------


def test_every_column_is_stored_as_oracle_says(oracle: OracleSimulator, settings: Settings) -> None:
    settings.ORACLE_EXTRA_FIELDS = ["DealType_c", "Own_c"]
    oracle.serve(
        [
            {
                "OptyId": 300_000_000_000_107,
                "OptyNumber": "DE/Q1 #7",
                "Name": "Größe 🚀 \\ \t tab \\N and 'quote\"",
                "TargetPartyName": "Stadtwerke\nNürnberg\r",
                "Practice_c": "SAP",
                "Geo_c": "EMEA",
                "Revenue": Decimal("1234567.89"),
                "CurrencyCode": "EUR",
                "WinProb": Decimal("12.5"),
                "SalesStage": "04 - Presentation",
                "StatusCode": "OPEN",
                "PartyName1": "Anna Müller",
                "EffectiveDate": "2026-12-15",
                "CreationDate": "2026-09-01T10:00:00.123456+02:00",
                "LastUpdateDate": "2026-10-01T12:00:00Z",
                "Sector_c": "Public sector",
                "DealType_c": 'Utilities \\ "quoted" \n ü',
                "Own_c": 5,
            }
        ]
    )
    sync_all()
    stored = Opportunity.objects.values(*Opportunity.CRM_FIELDS, "remote_id").get()
    assert stored == {
        "remote_id": "300000000000107",
        "opty_number": "DE/Q1 #7",
        "name": "Größe 🚀 \\ \t tab \\N and 'quote\"",
        "customer": "Stadtwerke\nNürnberg",
        "practice": "SAP",
        "geo": "EMEA",
        "sector": "Public sector",
        "deal_value": Decimal("1234567.89"),
        "currency": "EUR",
        "win_probability": Decimal("12.50"),
        "stage": "04 - Presentation",
        "crm_status": "OPEN",
        "sales_owner": "Anna Müller",
        "close_date": date(2026, 12, 15),
        "crm_created_at": datetime(2026, 9, 1, 8, 0, 0, 123456, UTC),
        "crm_updated_at": datetime(2026, 10, 1, 12, tzinfo=UTC),
        "extra": {"DealType_c": 'Utilities \\ "quoted" \n ü', "Own_c": 5},
    }


@pytest.mark.parametrize("text", ["\\N", "\\.", "\\", "NULL", "\x0b\x0ca\x85b", "a\u2028b", "{}"])
def test_text_that_looks_like_syntax_stays_text(oracle: OracleSimulator, text: str) -> None:
    oracle.serve([oracle_item(OptyId=1, TargetPartyName=text, Name=f"before {text} after")])
    assert sync_all().status == SyncStatus.SUCCESS
    stored = Opportunity.objects.get()
    assert (stored.customer, stored.name) == (text.strip(), f"before {text} after")
    assert sync_all().unchanged_records == 1


def test_all_that_can_be_null_may_be_null(oracle: OracleSimulator) -> None:
    needed = {"OptyId", "Name", "LastUpdateDate"}
    oracle.serve([{name: value if name in needed else None for name, value in rows(1)[0].items()}])
    assert sync_all().new_records == 1
    stored = Opportunity.objects.values(*Opportunity.CRM_FIELDS).get()
    assert {name for name, value in stored.items() if value not in (None, {})} == {
        "name",
        "crm_updated_at",
    }


def test_what_no_record_brings_begins_as_the_model_says(known: OracleSimulator) -> None:
    stored = Opportunity.objects.get()
    assert (stored.workflow_status, stored.status_before_close) == ("NEW", "")
    assert (stored.assigned_sa, stored.sa_notes) == (None, "")
    assert (stored.removed_in_crm_at, stored.removal_reason) == (None, "")
    assert timezone.now() - stored.first_seen_at < timedelta(minutes=1)
    assert stored.last_synced_at == stored.first_seen_at


def test_null_clears_the_column(known: OracleSimulator) -> None:
    change(known, Revenue=None, EffectiveDate=None, TargetPartyName=" ")
    stored = Opportunity.objects.get()
    assert (stored.deal_value, stored.close_date, stored.customer) == (None, None, None)


def test_an_absent_attribute_keeps_the_column(known: OracleSimulator) -> None:
    known.faults("absent-field:field=Revenue")
    change(known, Revenue=7, Name="Changed")
    stored = Opportunity.objects.get()
    assert (stored.name, stored.deal_value) == ("Changed", Decimal(250_000))


def test_first_seen_stays_and_last_synced_moves_when_something_is_new(
    known: OracleSimulator,
) -> None:
    former = Opportunity.objects.get()
    change(known, Name="Changed")
    now = Opportunity.objects.get()
    assert now.first_seen_at == former.first_seen_at
    assert now.last_synced_at > former.last_synced_at


# --- what did not change ------------------------------------------------------------------------


def test_the_same_pages_again_write_no_opportunity(oracle: OracleSimulator) -> None:
    oracle.serve([*rows(5), oracle_item(Revenue=None, EffectiveDate=None, StatusCode="WON")])
    sync_all()
    before = list(Opportunity.objects.order_by("pk").values())
    with CaptureQueriesContext(connection) as queries:
        log = sync_all()
    assert (log.unchanged_records, log.updated_records, log.status) == (6, 0, SyncStatus.SUCCESS)
    assert list(Opportunity.objects.order_by("pk").values()) == before
    assert not [
        each["sql"]
        for each in queries
        if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        and not any(table in each["sql"] for table in ("sync_logs", "outbox_events"))
    ]


def test_only_what_changed_is_written(oracle: OracleSimulator) -> None:
    oracle.serve(rows(5))
    sync_all()
    before = Opportunity.objects.values_list("remote_id", "last_synced_at")
    former = dict(before)
    change(oracle, 3, Name="Changed")
    assert {key for key, at in before.all() if at != former[key]} == {"3"}


def test_a_touched_record_counts_as_unchanged_but_its_stamp_moves(known: OracleSimulator) -> None:
    log = change(known)
    assert (log.unchanged_records, log.updated_records) == (1, 0)
    assert Opportunity.objects.get().crm_updated_at == datetime.fromisoformat(LATER)
    assert not OpportunityChange.objects.exists()


def test_an_attribute_taken_over_later_comes_with_the_next_full_run_as_news_once(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_SECTOR_FIELD = ""
    oracle.serve(rows(2))
    sync_all()
    settings.ORACLE_SECTOR_FIELD = "Sector_c"
    assert sync_all().updated_records == 2
    assert set(OpportunityChange.objects.values_list("field", "old", "new")) == {
        ("sector", None, "Utilities")
    }
    assert sync_all().unchanged_records == 2


# --- history ------------------------------------------------------------------------------------


def test_the_timeline_tells_each_field_that_moved(
    known: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_EXTRA_FIELDS = ["DealType_c"]
    sync_all()
    OpportunityChange.objects.all().delete()
    log = change(
        known,
        **{"Revenue": 300_000, "EffectiveDate": None, "SalesStage": "05 - Agreement"},
        **{"CreationDate": "2026-09-02T10:00:00+02:00", "DealType_c": "Renewal"},
    )
    moved = OpportunityChange.objects.values_list("field", "old", "new")
    assert set(moved) == {
        ("deal_value", "250000.00", "300000.00"),
        ("close_date", "2026-12-15", None),
        ("stage", "04 - Presentation", "05 - Agreement"),
        ("crm_created_at", "2026-09-01T08:00:00+00:00", "2026-09-02T08:00:00+00:00"),
        ("extra.DealType_c", "New business", "Renewal"),
    }
    assert set(OpportunityChange.objects.values_list("sync_log", flat=True)) == {log.pk}
    assert set(OpportunityChange.objects.values_list("opportunity__remote_id", flat=True)) == {"1"}


def test_a_new_record_has_no_history(known: OracleSimulator) -> None:
    assert not OpportunityChange.objects.exists()


def test_each_change_belongs_to_its_own_opportunity(oracle: OracleSimulator) -> None:
    oracle.serve(rows(9))
    sync_all()
    oracle.edit(*({**each, "Name": f"Deal {each['OptyId']}"} for each in oracle.rows()[::2]))
    sync_all()
    changes = OpportunityChange.objects.values_list("opportunity__remote_id", "new")
    assert set(changes) == {(str(n), f"Deal {n}") for n in (1, 3, 5, 7, 9)}


# --- closing and reopening ----------------------------------------------------------------------


@pytest.mark.parametrize("code", ["WON", "LOST", "CLOSED WON", "closed_lost"])
def test_closing_and_reopening_brings_the_former_status_back(
    known: OracleSimulator, code: str
) -> None:
    Opportunity.objects.update(workflow_status="IN_REVIEW")
    change(known, StatusCode=code)
    assert workflow() == ("CLOSED_IN_CRM", "IN_REVIEW")
    change(known, StatusCode="OPEN")
    assert workflow() == ("IN_REVIEW", "")


def test_closing_and_reopening_stand_in_the_timeline(known: OracleSimulator) -> None:
    Opportunity.objects.update(workflow_status="APPROVED")
    change(known, StatusCode="LOST")
    change(known, StatusCode="OPEN")
    moves = OpportunityChange.objects.filter(field="workflow_status").order_by("pk")
    assert list(moves.values_list("old", "new")) == [
        ("APPROVED", "CLOSED_IN_CRM"),
        ("CLOSED_IN_CRM", "APPROVED"),
    ]


def test_a_deal_first_seen_closed_reopens_as_new(oracle: OracleSimulator) -> None:
    oracle.serve(rows(1, StatusCode="LOST"))
    sync_all()
    assert workflow() == ("CLOSED_IN_CRM", "NEW")
    change(oracle, StatusCode="OPEN")
    assert workflow() == ("NEW", "")


@pytest.mark.parametrize("code", ["NO_SALE", "SOMETHING_OF_OURS", None])
def test_every_other_status_leaves_the_workflow_alone(
    known: OracleSimulator, code: str | None
) -> None:
    Opportunity.objects.update(workflow_status="ON_HOLD")
    change(known, StatusCode=code)
    assert workflow() == ("ON_HOLD", "")


def test_a_tenant_says_which_codes_are_closed(known: OracleSimulator, settings: Settings) -> None:
    settings.ORACLE_CLOSED_STATUS_CODES = ["NO_SALE"]
    change(known, StatusCode="WON")
    assert workflow() == ("NEW", "")
    change(known, StatusCode="NO_SALE")
    assert workflow() == ("CLOSED_IN_CRM", "NEW")


def test_a_stage_named_closed_closes_nothing(known: OracleSimulator) -> None:
    change(known, SalesStage="07 - Closed")
    assert workflow() == ("NEW", "")


def test_many_deals_close_and_reopen_each_to_its_own_status(oracle: OracleSimulator) -> None:
    statuses = ["NEW", "ASSIGNED", "IN_REVIEW", "NO_BID", "NEW"]
    oracle.serve(rows(5))
    sync_all()
    for number, status in enumerate(statuses, 1):
        Opportunity.objects.filter(remote_id=number).update(workflow_status=status)
    oracle.serve(rows(5, StatusCode="WON", LastUpdateDate=LATER))
    sync_all()
    oracle.serve(rows(5, LastUpdateDate=LATER))
    sync_all()
    stored = Opportunity.objects.order_by("remote_id")
    assert list(stored.values_list("workflow_status", flat=True)) == statuses


def workflow() -> tuple[str, str]:
    return Opportunity.objects.values_list("workflow_status", "status_before_close").get()


# --- what the database refuses ------------------------------------------------------------------


# PostgreSQL alters no table with checks left to do at the end of the test's transaction.
NO_CHECKS_LEFT = "SET CONSTRAINTS ALL IMMEDIATE"
REFUSAL = {
    "postgresql": [
        NO_CHECKS_LEFT,
        "ALTER TABLE opportunities ADD CONSTRAINT not_bad CHECK (name <> 'Bad')",
    ],
    "sqlite": [
        f"CREATE TEMP TRIGGER not_bad_{event} BEFORE {event} ON main.opportunities "
        "WHEN NEW.name = 'Bad' BEGIN SELECT RAISE(ABORT, 'bad'); END"
        for event in ("INSERT", "UPDATE")
    ],
}
NO_REFUSAL = {
    "postgresql": [NO_CHECKS_LEFT, "ALTER TABLE opportunities DROP CONSTRAINT not_bad"],
    "sqlite": ["DROP TRIGGER not_bad_INSERT", "DROP TRIGGER not_bad_UPDATE"],
}


@contextmanager
def database_refuses_bad() -> Iterator[None]:
    """Let the database itself turn down every opportunity named Bad."""
    with connection.cursor() as cursor:
        for statement in REFUSAL[connection.vendor]:
            cursor.execute(statement)
        yield
        for statement in NO_REFUSAL[connection.vendor]:
            cursor.execute(statement)


def test_a_batch_the_database_refuses_costs_only_the_bad_record(oracle: OracleSimulator) -> None:
    oracle.serve([*rows(3), oracle_item(OptyId=4, Name="Bad"), oracle_item(OptyId=5)])
    with database_refuses_bad():
        log = sync_all()
    assert (log.status, log.new_records, log.failed_records) == (SyncStatus.PARTIAL, 4, 1)
    rejected = RejectedRecord.objects.get()
    assert rejected.remote_id == "4"
    assert rejected.reason.startswith("the database refuses it: ")
    assert rejected.payload["Name"] == "Bad"
    assert set(Opportunity.objects.values_list("remote_id", flat=True)) == {"1", "2", "3", "5"}


def test_what_the_database_refused_goes_through_when_it_can(oracle: OracleSimulator) -> None:
    oracle.serve([*rows(3), oracle_item(OptyId=4, Name="Bad")])
    with database_refuses_bad():
        sync_all()
    log = sync_all()
    assert (log.status, log.new_records) == (SyncStatus.SUCCESS, 1)
    assert RejectedRecord.objects.get().resolved


def test_a_refused_change_leaves_the_row_and_its_history_as_they_were(
    oracle: OracleSimulator,
) -> None:
    oracle.serve(rows(3))
    sync_all()
    oracle.serve([*rows(2, Revenue=7), oracle_item(OptyId=3, Name="Bad", StatusCode="WON")])
    with database_refuses_bad():
        log = sync_all()
    assert (log.updated_records, log.failed_records) == (2, 1)
    untouched = Opportunity.objects.get(remote_id="3")
    assert (untouched.workflow_status, untouched.crm_status) == ("NEW", "OPEN")
    assert not untouched.changes.exists()


# --- speed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("news", ["new", "changed", "closed", "unchanged"])
def test_a_page_costs_the_same_number_of_queries_however_long_it_is(
    oracle: OracleSimulator, news: str
) -> None:
    assert queries_for(oracle, 5, news) == queries_for(oracle, 50, news)


def queries_for(oracle: OracleSimulator, count: int, news: str) -> int:
    # The logs as well: a run that finds a table emptied behind them has one query more to make.
    Opportunity.objects.all().delete()
    SyncLog.objects.all().delete()
    oracle.serve(rows(count))
    if news != "new":
        sync_all()
    if news in ("changed", "closed"):
        status = "WON" if news == "closed" else "OPEN"
        oracle.serve(rows(count, Name="Changed", LastUpdateDate=LATER, StatusCode=status))
    with CaptureQueriesContext(connection) as queries:
        sync_all()
    return len(queries)
