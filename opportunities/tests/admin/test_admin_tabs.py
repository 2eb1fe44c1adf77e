from datetime import UTC, datetime
from itertools import cycle, product

import pytest
from django.db import connection

from opportunities.domain.states import WorkflowStatus
from opportunities.lists.tabs import TABS
from opportunities.models import LastLook, Opportunity
from opportunities.tests.admin_clients import browser_of, queries_of, text_of
from opportunities.tests.admin_export import rows_of_csv
from opportunities.tests.admin_people import EVERYBODY, staff_bid_manager, staff_sa
from opportunities.tests.factories import OpportunityFactory
from opportunities.tests.workflow_scene import deal

pytestmark = pytest.mark.django_db
LIST = "/admin/opportunities/opportunity/"
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)


def deals_everywhere(*mine):
    """Two of each state in two practices, some of them of these people."""
    for status in WorkflowStatus:
        for person in (None, *mine):
            deal(status, **({"assigned_sa": person} if person else {}))
    Opportunity.objects.filter(pk__in=Opportunity.objects.all()[:5]).update(practice="SAP")


def multiply(row, times):
    """By the database itself: a hundred times quicker than objects."""
    fields = [f for f in row._meta.concrete_fields if f.name not in ("id", "remote_id")]
    columns = ", ".join(f'"{field.column}"' for field in fields if not field.generated)
    table = row._meta.db_table
    numbers = "SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < %s"
    copies = f"SELECT '9' || n, {columns} FROM {table}, numbers WHERE {table}.id = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE numbers AS ({numbers})"
            f" INSERT INTO {table} (remote_id, {columns}) {copies}",
            [times, row.pk],
        )


QUERIES = ("", "&practice=Cloud&workflow_status__exact=IN_REVIEW", "&q=1")
# Everybody with both rules of visibility; a query each, since pages are slow to draw.
WHO_ASKS_WHAT = zip(product(EVERYBODY, (False, True)), cycle(QUERIES), strict=False)


@pytest.mark.shared_out
@pytest.mark.parametrize(
    ("made", "narrow", "query"), [(*who, query) for who, query in WHO_ASKS_WHAT]
)
def test_a_tabs_count_is_the_length_of_its_list_and_of_its_export(settings, made, narrow, query):
    settings.RESTRICT_VISIBILITY = narrow
    person = made()
    deals_everywhere(person)
    browser = browser_of(person)
    counts = browser.get(f"{LIST}?{query}").context["cl"].counts
    for tab in TABS:
        address = f"tab={tab.name}{query}"
        page = browser.get(f"{LIST}?{address}").context["cl"]
        assert page.result_count == len(page.result_list) == counts[tab.name]
        assert len(rows_of_csv(browser, address)) == counts[tab.name]


def test_the_tabs_tell_their_counts_and_which_is_open():
    deal(WorkflowStatus.IN_REVIEW)
    page = browser_of(staff_bid_manager()).get(f"{LIST}?tab=in_review")
    assert "In review 1" in text_of(page)
    (current,) = (tab for tab in page.context["cl"].tab_links() if tab.is_current)
    assert (current.label, current.count) == ("In review", 1)


def test_a_tab_that_does_not_exist_shows_everything():
    deal()
    assert "1 opportunity" in text_of(browser_of(staff_bid_manager()).get(f"{LIST}?tab=nonsense"))


def test_filters_that_are_on_are_chips_that_can_be_taken_off():
    deal(WorkflowStatus.IN_REVIEW)
    page = browser_of(staff_bid_manager()).get(
        f"{LIST}?tab=in_review&practice=Cloud&workflow_status__exact=IN_REVIEW&q=OPTY"
    )
    chips = {chip.label: chip for chip in page.context["cl"].chips()}
    assert {(label, chip.value) for label, chip in chips.items()} == {
        ("Search", "OPTY"),
        ("Practice", "Cloud"),
        ("Workflow status", "In review"),
    }
    assert chips["Practice"].address == "?q=OPTY&tab=in_review&workflow_status__exact=IN_REVIEW"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("clock=overdue", {"late"}),
        ("attention=requalify", {"moved"}),
        ("crm=reopened", {"reopened"}),
        ("decision__exact=BID", {"won"}),
        ("deal_value_from=500000", {"big"}),
        ("attention=changed", {"news"}),
    ],
)
def test_the_list_can_be_narrowed_to_what_needs_a_hand(query, expected):
    person = staff_bid_manager()
    deal(WorkflowStatus.IN_REVIEW, name="late", due_at=LONG_AGO)
    moved = [{"field": "stage", "old": "3 Proposal", "new": "1 Idea", "at": "2026-11-01"}]
    deal(name="moved", needs_requalification=True, requalification_changes=moved)
    deal(name="reopened", is_reopened=True)
    deal(WorkflowStatus.APPROVED, name="won", decision="BID")
    deal(name="big", deal_value=900_000)
    LastLook.objects.create(user=person, opportunity=deal(name="news"), at=LONG_AGO)
    page = browser_of(person).get(f"{LIST}?{query}")
    assert {row.name for row in page.context["cl"].result_list} == expected


def test_a_row_tells_its_clock_in_a_word_and_what_is_new_to_me():
    person = staff_bid_manager()
    late = deal(WorkflowStatus.IN_REVIEW, due_at=LONG_AGO, status_entered_at=LONG_AGO)
    LastLook.objects.create(user=person, opportunity=late, at=LONG_AGO)
    page = text_of(browser_of(person).get(LIST))
    assert "Overdue" in page
    assert "Changed since you looked" in page


def test_the_list_stays_under_twenty_queries_with_twenty_thousand():
    multiply(OpportunityFactory(), 20_000)
    person = staff_sa()
    deals_everywhere(person)
    for query in ("", "?tab=in_review&practice=Cloud&clock=overdue&q=a", "?o=11"):
        assert len(queries_of(browser_of(person), f"{LIST}{query}")) < 20
