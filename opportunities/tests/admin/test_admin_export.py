import io
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import connection
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from audit.models import AuditEvent
from opportunities.domain.crm_status import CrmOutcome
from opportunities.domain.states import WorkflowStatus
from opportunities.lists.columns import COLUMNS
from opportunities.tests.admin_clients import browser_of, queries_of, staff, text_of
from opportunities.tests.admin_export import LIST, exported, rows_of_csv
from opportunities.tests.admin_people import staff_bid_manager, staff_viewer
from opportunities.tests.factories import OpportunityFactory
from opportunities.tests.workflow_scene import deal

pytestmark = pytest.mark.django_db
SHAPED = ("Value", "Close date", "Updated in CRM")


def browser():
    return browser_of(staff_viewer())


def book_of(browser, query=""):
    return load_workbook(io.BytesIO(exported(browser, "xlsx", query)))


def sheet_of(browser, query=""):
    header, *rows = book_of(browser, query).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def cells_of(browser):
    """The cells of the only row, by the labels of their columns."""
    header, row = book_of(browser).active.iter_rows()
    return {label.value: cell for label, cell in zip(header, row, strict=True)}


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
    (row,) = rows_of_csv(browser())
    assert row["Opportunity"].startswith(f"'{sign}")
    assert row["Value"] == "-5.00", "a number is no formula"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "https://a.example/b"])
def test_excel_gets_a_text_as_it_is_and_never_as_a_formula(name):
    OpportunityFactory(name=name)
    cell = cells_of(browser())["Opportunity"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)


def test_excel_holds_numbers_and_dates_and_not_texts_of_them():
    OpportunityFactory(deal_value=Decimal("12.50"), close_date=date(2027, 3, 31), customer=None)
    (row,) = sheet_of(browser())
    assert row["Value"] == 12.5
    assert row["Close date"] == datetime(2027, 3, 31)  # noqa: DTZ001 - as Excel has it
    assert row["Customer"] is None


def test_excel_shows_dates_as_dates_and_amounts_with_the_decimals_of_their_currency():
    OpportunityFactory(
        deal_value=Decimal("1234.5"),
        currency="KWD",
        close_date=date(2027, 3, 31),
        crm_updated_at=datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
    )
    cells = cells_of(browser())
    shown = {label: (cells[label].value, cells[label].number_format) for label in SHAPED}
    assert shown == {
        "Value": (1234.5, "#,##0.000"),
        "Close date": (datetime(2027, 3, 31), "yyyy-mm-dd"),  # noqa: DTZ001 - as Excel has it
        "Updated in CRM": (datetime(2026, 11, 1, 8, 30), "yyyy-mm-dd hh:mm"),  # noqa: DTZ001
    }


@pytest.mark.parametrize(
    ("currency", "value", "in_csv", "in_excel"),
    [
        ("EUR", "0.40", "0.40", "#,##0.00"),
        ("JPY", "1000", "1000", "#,##0"),
        ("KWD", "0.4", "0.400", "#,##0.000"),
        ("KWD", "1.234", "1.234", "#,##0.000"),
        ("CLF", "1.2345", "1.2345", "#,##0.0000"),
        ("EUR", "0.401", "0.401", "#,##0.000"),
        (None, "12", "12.00", "#,##0.00"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(currency, value, in_csv, in_excel):
    OpportunityFactory(deal_value=Decimal(value), currency=currency)
    assert rows_of_csv(browser())[0]["Value"] == in_csv
    cell = cells_of(browser())["Value"]
    assert (cell.value, cell.number_format) == (pytest.approx(float(value)), in_excel)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(1900, 1, 1), date.max])
def test_a_day_that_excel_does_not_know_is_a_text(day):
    OpportunityFactory(close_date=day)
    value = cells_of(browser())["Close date"].value
    assert value == (day.isoformat() if day.year < 1900 else datetime.combine(day, time()))


@pytest.mark.parametrize(
    "moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
)
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_moment_at_the_end_of_time_breaks_no_file(moment, zone, settings):
    settings.TIME_ZONE = zone
    OpportunityFactory(crm_updated_at=moment)
    assert rows_of_csv(browser())[0]["Updated in CRM"].startswith(f"{moment.year:04}")
    assert str(cells_of(browser())["Updated in CRM"].value).startswith(f"{moment.year:04}")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite keeps 15 digits")
def test_a_number_that_excel_would_round_is_a_text():
    OpportunityFactory(deal_value=Decimal("1234567890123456.78"))
    assert cells_of(browser())["Value"].value == "1234567890123456.78"


def test_excel_has_a_header_that_stays_a_filter_and_room_for_what_is_long():
    OpportunityFactory(name="A name of some length, as they are")
    sheet = book_of(browser()).active
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(COLUMNS))}2"
    assert sheet.column_dimensions["B"].width > 40


def test_both_files_say_what_is_removed_and_how_it_ended():
    removed_at = datetime(2026, 11, 2, 7, tzinfo=UTC)
    OpportunityFactory(crm_outcome=CrmOutcome.LOST, removed_in_crm_at=removed_at)
    (row,), cells = rows_of_csv(browser()), cells_of(browser())
    assert (row["Outcome in CRM"], row["Removed in CRM"]) == ("Lost", "2026-11-02T07:00:00+00:00")
    assert cells["Outcome in CRM"].value == "Lost"
    assert cells["Removed in CRM"].value == datetime(2026, 11, 2, 7)  # noqa: DTZ001


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


def test_who_took_what_is_on_record():
    person = staff_bid_manager(username="noor")
    deal()
    exported(browser_of(person), "csv", "practice=Cloud")
    event = AuditEvent.objects.get(kind="export.made")
    assert event.actor == person
    assert event.details == {"format": "csv", "rows": 1, "query": "practice=Cloud"}


def test_more_rows_than_a_file_takes_are_refused_in_words(settings):
    settings.EXPORT_MAX_ROWS = 1
    deal(), deal()
    answer = browser().get(f"{LIST}export/csv?practice=Cloud", follow=True)
    assert "2 opportunities are too many for one file, which holds 1" in text_of(answer)
    assert not AuditEvent.objects.filter(kind="export.made").exists()


def test_nobody_exports_what_they_may_not_see(settings):
    settings.RESTRICT_VISIBILITY = True
    deal(name="theirs")
    assert rows_of_csv(staff("view_opportunity", "export_opportunity")) == []
    assert staff().get(f"{LIST}export/csv").status_code == 403
    assert browser().get(f"{LIST}export/pdf").status_code == 404


def test_an_address_that_makes_no_sense_is_no_server_error():
    assert browser().get(f"{LIST}export/csv?nonsense=1").url == f"{LIST}?e=1"
