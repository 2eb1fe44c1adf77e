"""Names stand where people look for them, on both databases."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opportunities.lists.sorting import sort_key
from opportunities.models import Opportunity
from opportunities.tests.admin_clients import browser_of, text_of
from opportunities.tests.admin_people import staff_bid_manager
from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/opportunities"
HALVES = r"IN \((\(SELECT .* IS NOT NULL.* UNION ALL .*)\) ORDER BY"
IN_ORDER = [
    "9 lives", "10 years", "Äpfel", "apple", "Apple 2", "Apple 10", "Éclair", "eclipse",
    "Łódź", "Loge", "Müller", "Muller AG", "Österreich", "Oz", "zebra", "Zürich", "Київ",
]  # fmt: skip


def named(rows, column="name"):
    return [row[column] for row in rows.json()["results"]]


@pytest.mark.parametrize("column", ["name", "customer", "practice", "sales_owner", "opty_number"])
def test_a_list_is_sorted_as_people_sort(column):
    for name in reversed(IN_ORDER):
        OpportunityFactory(**{column: name})
    client = any_user()
    assert named(client.get(URL, {"ordering": column, "page_size": 50}), column) == IN_ORDER
    backwards = client.get(URL, {"ordering": f"-{column}", "page_size": 50})
    assert named(backwards, column) == IN_ORDER[::-1]


def test_the_admin_sorts_the_same():
    for name in ("zebra", "Äpfel", "apple", "Österreich"):
        OpportunityFactory(name=f"{name} deal")
    page = text_of(browser_of(staff_bid_manager()).get("/admin/opportunities/opportunity/?o=2"))
    places = [page.index(f"{name} deal") for name in ("Äpfel", "apple", "Österreich", "zebra")]
    assert places == sorted(places)


def test_groups_and_what_can_be_chosen_are_sorted_the_same():
    for geo in ("Übersee", "apac", "Ägypten", "EMEA"):
        OpportunityFactory(geo=geo)
    wanted = ["Ägypten", "apac", "EMEA", "Übersee"]
    client = any_user()
    assert named(client.get(URL, {"group": "geo"}), "geo") == wanted
    assert client.get("/api/opportunities/choices").json()["geo"] == wanted


def test_people_are_sorted_the_same():
    for name in ("Zoë", "ämilia", "Anton", "Örjan"):
        UserFactory(first_name=name, last_name="Test")
    people = any_user().get("/api/users", {"search": "test"}).json()["results"]
    assert [each["name"].split()[0] for each in people] == ["ämilia", "Anton", "Örjan", "Zoë"]


@pytest.mark.parametrize("ordering", ["name", "-name", "practice,-name"])
def test_pages_and_neighbours_follow_the_order(ordering):
    for number, name in enumerate(IN_ORDER):
        OpportunityFactory(name=name, practice=["Ä", None, "b"][number % 3])
    client = any_user()
    whole = named(client.get(URL, {"ordering": ordering, "page_size": 50}), "id")
    pages = [
        named(client.get(URL, {"ordering": ordering, "page_size": 5, "page": page}), "id")
        for page in (1, 2, 3, 4)
    ]
    assert [row for page in pages for row in page] == whole
    for before, row, after in zip(whole, whole[1:], whole[2:], strict=False):
        around = client.get(f"{URL}/{row}/neighbours", {"ordering": ordering}).json()
        assert (around["previous"]["id"], around["next"]["id"]) == (before, after)


def test_empty_names_stand_last_in_both_directions():
    OpportunityFactory(customer=None)
    OpportunityFactory(customer="Äpfel")
    client = any_user()
    for ordering in ("customer", "-customer"):
        assert named(client.get(URL, {"ordering": ordering}), "customer") == ["Äpfel", None]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite makes a key of each name")
@pytest.mark.parametrize("column", ["practice", "sales_owner", "opty_number"])
def test_an_order_by_a_column_with_an_index_reads_it_on_postgresql(column):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = Opportunity.objects.order_by(f"{column}__in_order")[:50].explain()
    assert "Index Scan using opp_" in plan
    assert "Sort" not in plan


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one process")
def test_what_has_no_value_is_never_read_beside_what_has_one():
    """Else a page far back could have rows of either half in any order."""
    OpportunityFactory(customer=None)
    OpportunityFactory(customer="Äpfel")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0")
        cursor.execute("SET LOCAL min_parallel_table_scan_size = 0; SET LOCAL jit = off")
        cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
    with CaptureQueriesContext(connection) as asked:
        any_user().get(URL, {"ordering": "customer"})
    [halves] = [sql for each in asked if (sql := re.search(HALVES, each["sql"]))]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {halves[1]}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Append" in plan
    assert "Parallel Append" not in plan


def test_python_sorts_the_same():
    assert sorted(reversed(IN_ORDER), key=sort_key) == IN_ORDER
