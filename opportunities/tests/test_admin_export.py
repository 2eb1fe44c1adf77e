import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from openpyxl import load_workbook

from opportunities.columns import COLUMNS
from opportunities.tests.admin_clients import browser_of, queries_of, staff, text_of
from opportunities.tests.admin_export import LIST, exported, rows_of_csv
from opportunities.tests.admin_people import staff_bid_manager, staff_viewer
from opportunities.tests.factories import OpportunityFactory
from opportunities.tests.workflow_scene import deal
from opportunities.workflow import WorkflowStatus

pytestmark = pytest.mark.django_db


def browser():
    return browser_of(staff_viewer())


def sheet_of(browser, query=""):
    book = load_workbook(io.BytesIO(exported(browser, "xlsx", query)))
    header, *rows = book.active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_row_has_raw_figures_iso_dates_and_its_currency():
    deal(
        WorkflowStatus.IN_REVIEW,
        name="Göteborg",
        deal_value=Decimal("1234567.50"),
        currency="EUR",
        close_date=date(2027, 3, 31),
        crm_updated_at=datetime(2026, 11, 1, 8, tzinfo=UTC),
    )
    (row,) = rows_of_csv(browser())
    shown = ("Opportunity", "State", "Value", "Currency", "Close date", "Updated in CRM")
    assert [row[label] for label in shown] == [
        "Göteborg",
        "In review",
        "1234567.50",
        "EUR",
        "2027-03-31",
        "2026-11-01T08:00:00+00:00",
    ]


def test_a_csv_begins_with_the_mark_that_spreadsheets_know_utf8_by():
    assert exported(browser(), "csv").startswith(b"\xef\xbb\xbfNumber,")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_exported_as_text(sign):
    OpportunityFactory(name=f"{sign}cmd|' /C calc'!A0", deal_value=Decimal("-5.00"))
    (row,), (cells,) = rows_of_csv(browser()), sheet_of(browser())
    assert row["Opportunity"].startswith(f"'{sign}")
    assert cells["Opportunity"].startswith("'")
    assert row["Value"] == "-5.00", "a number is no formula"


def test_excel_holds_numbers_and_dates_and_not_texts_of_them():
    OpportunityFactory(deal_value=Decimal("12.50"), close_date=date(2027, 3, 31), customer=None)
    (row,) = sheet_of(browser())
    assert row["Value"] == 12.5
    assert row["Close date"] == datetime(2027, 3, 31)  # noqa: DTZ001 - as Excel has it
    assert row["Customer"] is None


def test_both_files_hold_the_same_columns_as_are_described():
    deal()
    labels = [column.label for column in COLUMNS]
    assert list(rows_of_csv(browser())[0]) == list(sheet_of(browser())[0]) == labels


def test_filters_search_order_and_all_pages_are_exported():
    for number in range(60):
        OpportunityFactory(name=f"Cloud {number:02}", practice="Cloud")
    OpportunityFactory(name="Cloud of another", practice="SAP")
    names = [row["Opportunity"] for row in rows_of_csv(browser(), "practice=Cloud&q=cloud&o=-2")]
    assert names == [f"Cloud {number:02}" for number in reversed(range(60))]


def test_more_rows_cost_no_more_queries():
    deal(WorkflowStatus.IN_REVIEW)
    viewer = browser()
    few = len(queries_of(viewer, f"{LIST}export/csv"))
    for _ in range(20):
        deal(WorkflowStatus.IN_REVIEW)
    assert len(queries_of(viewer, f"{LIST}export/csv")) == few


def test_who_took_what_stands_in_the_log(caplog):
    caplog.set_level("INFO")
    person = staff_bid_manager(username="noor")
    deal()
    exported(browser_of(person), "csv", "practice=Cloud")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr) == (person, "1 opportunities as CSV")
    assert "practice=Cloud" in entry.change_message
    assert "noor exported 1 opportunities as csv: practice=Cloud" in caplog.text


def test_more_rows_than_a_file_takes_are_refused_in_words(settings):
    settings.EXPORT_MAX_ROWS = 1
    deal(), deal()
    answer = browser().get(f"{LIST}export/csv?practice=Cloud", follow=True)
    assert "2 opportunities are too many for one file, which takes 1" in text_of(answer)
    assert not LogEntry.objects.exists()


def test_nobody_exports_what_they_may_not_see(settings):
    settings.NARROW_VISIBILITY = True
    deal(name="theirs")
    assert rows_of_csv(staff("view_opportunity")) == []
    assert staff().get(f"{LIST}export/csv").status_code == 403
    assert browser().get(f"{LIST}export/pdf").status_code == 404


def test_an_address_that_makes_no_sense_is_no_server_error():
    assert browser().get(f"{LIST}export/csv?nonsense=1").url == f"{LIST}?e=1"
