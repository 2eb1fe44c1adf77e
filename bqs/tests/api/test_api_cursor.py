"""Pages from a cursor on: no row is passed over or told twice, however many come and go."""

from datetime import UTC, datetime, timedelta

import pytest

from bqs.tests.described_answers import description
from bqs.tests.every_state import make_every_state
from opportunities.models import Opportunity
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/opportunities"
DAY = timedelta(days=1)
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
ORDERS = [
    {},
    {"ordering": "-score"},
    {"ordering": "assigned_sa"},
    {"ordering": "geo,-name"},
    {"ordering": "-deal_value", "group": "workflow_status"},
    {"group": "sector"},
]


def a_list(total=10):
    ada = UserFactory(first_name="Ada")
    for number in range(total):
        OpportunityFactory(
            geo=["EMEA", None, "APAC"][number % 3],
            sector=["Rail", None][number % 2],
            deal_value=None if number % 4 == 0 else 100 * number,
            assigned_sa=ada if number % 2 else None,
            crm_updated_at=FIRST_DAY + number * DAY / 2,
        )


def ids(answer):
    return [row["id"] for row in answer["results"]]


def walk(client, url, asked, which="next", meanwhile=lambda: None):
    """All pages from this one on, each asked for by the cursor of the one before."""
    while True:
        answer = client.get(url, asked).json()
        yield answer
        if answer[f"{which}_cursor"] is None:
            return
        asked = {**asked, "cursor": answer[f"{which}_cursor"]}
        meanwhile()


@pytest.mark.parametrize("order", ORDERS)
def test_cursors_lead_through_the_whole_list_and_back(order):
    a_list()
    client = any_user()
    listed = ids(client.get(URL, order).json())
    there = list(walk(client, URL, {**order, "page_size": 3}))
    assert [ids(each) for each in there] == [listed[:3], listed[3:6], listed[6:9], listed[9:]]
    last = {**order, "page_size": 3, "cursor": there[-2]["next_cursor"]}
    back = list(walk(client, URL, last, "previous"))
    assert [ids(each) for each in back] == [ids(each) for each in reversed(there)]
    assert {each["count"] for each in there} == {10}


def test_the_links_of_a_page_by_cursor_lead_on_by_cursor():
    a_list()
    client = any_user()
    first = client.get(URL, {"page_size": 4}).json()
    second = client.get(URL, {"page_size": 4, "cursor": first["next_cursor"]}).json()
    third = client.get(second["next"]).json()
    assert len({*ids(first), *ids(second), *ids(third)}) == 10
    assert ids(client.get(second["previous"]).json()) == ids(first)
    assert third["next"] is third["next_cursor"] is None


def test_rows_that_move_between_two_pages_hide_no_other_and_repeat_none():
    a_list(12)
    client = any_user()
    settled = {str(pk) for pk in Opportunity.objects.values_list("pk", flat=True)}
    seen = []
    for answer in walk(client, URL, {"page_size": 3}, meanwhile=lambda: settled.discard(shift())):
        seen += ids(answer)
    assert settled <= {*seen}
    assert len(settled) == 9
    assert len(seen) == len({*seen})


def shift():
    """One comes in at the top, one goes there, and one that was not seen yet moves there."""
    top, bottom = Opportunity.objects.first(), Opportunity.objects.last()
    OpportunityFactory(crm_updated_at=top.crm_updated_at + DAY)
    Opportunity.objects.filter(pk=bottom.pk).update(crm_updated_at=top.crm_updated_at + 2 * DAY)
    return str(bottom.pk)


def test_a_walk_by_what_never_changes_meets_each_row_once_while_a_sync_writes():
    rows = [OpportunityFactory.build(crm_updated_at=FIRST_DAY) for _ in range(600)]
    Opportunity.objects.bulk_create(rows)
    there = set(map(str, Opportunity.objects.values_list("pk", flat=True)))
    asked = {"page_size": 100, "ordering": "first_seen_at"}
    seen = []
    for answer in walk(any_user(), URL, asked, meanwhile=write_a_hundred):
        seen += ids(answer)
    assert len(seen) == len({*seen})
    assert there <= {*seen}


def write_a_hundred():
    some = Opportunity.objects.order_by("?").values("pk")[:100]
    Opportunity.objects.filter(pk__in=list(some.values_list("pk", flat=True))).update(
        crm_updated_at=datetime.now(UTC), deal_value=1, name="Moved"
    )
    OpportunityFactory(name="New")


def test_every_list_with_pages_has_cursors_in_its_order():
    client = client_of(make_every_state())
    deal = Opportunity.objects.filter(decisions__isnull=False).first()
    run = client.get("/api/sync-history").json()["results"][0]["id"]
    paths = description()["paths"]
    urls = [path for path, each in paths.items() if _has_cursor(each.get("get", {}))]
    assert len(urls) >= 12
    for path in urls:
        url = path.replace("{id}", run if "sync-history" in path else str(deal.pk))
        whole = client.get(url, {"page_size": 500}).json()["results"]
        pages = walk(client, url, {"page_size": 2})
        assert [row for each in pages for row in each["results"]] == whole, url


def _has_cursor(operation):
    return {"cursor", "page_size"} <= {each.get("name") for each in operation.get("parameters", [])}


@pytest.mark.parametrize(
    "changed",
    [
        {"geo": "APAC"},
        {"ordering": "name"},
        {"group": "geo"},
        {"page": 2},
        {"cursor": ""},
        {"cursor": "nonsense"},
        {"cursor": "é\x7f:::"},
    ],
)
def test_a_cursor_of_another_list_is_refused(changed):
    a_list(6)
    client = any_user()
    asked = {"page_size": 1, "geo": "EMEA"}
    asked |= {"cursor": client.get(URL, asked).json()["next_cursor"]}
    assert client.get(URL, asked).status_code == 200
    refused = client.get(URL, {**asked, **changed})
    assert refused.status_code == 400
    assert [each["field"] for each in refused.json()["errors"]] == ["cursor"]


def test_a_cursor_of_another_address_is_refused():
    a_list(3)
    client = any_user()
    cursor = client.get(URL, {"page_size": 1}).json()["next_cursor"]
    assert client.get("/api/sync-history", {"cursor": cursor}).status_code == 400


def test_a_page_by_cursor_costs_the_queries_of_a_page_by_number(django_assert_num_queries):
    a_list()
    client = any_user()
    for order in ORDERS[:4]:
        asked = {**order, "page_size": 3}
        cursor = client.get(URL, asked).json()["next_cursor"]
        with django_assert_num_queries(3):
            client.get(URL, {**asked, "page": 2})
        with django_assert_num_queries(3) as queries:
            client.get(URL, {**asked, "cursor": cursor})
        assert not [each for each in queries.captured_queries if "OFFSET" in each["sql"]]
