"""Pages read from either end, and the index that a search has on PostgreSQL."""

import pytest
from django.db import connection

from opportunities.access.roles import Role
from opportunities.lists.counting import COUNTED
from opportunities.lists.search_index import make_search_index
from opportunities.models import Opportunity
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/opportunities"


@pytest.mark.parametrize("total", [1, 9, 10, 11])
@pytest.mark.parametrize("ordering", ["geo", "-close_date", "customer,-name", None])
def test_all_pages_together_are_the_list(total, ordering):
    for number in range(total):
        OpportunityFactory(
            geo=["EMEA", None][number % 2], close_date=None if number % 3 else "2027-01-01"
        )
    order = {"ordering": ordering} if ordering else {}
    client = any_user()
    whole = [row["id"] for row in client.get(URL, {**order, "page_size": 500}).json()["results"]]
    paged, page = [], 1
    while True:
        answer = client.get(URL, {**order, "page_size": 3, "page": page}).json()
        paged += [row["id"] for row in answer["results"]]
        if answer["next"] is None:
            break
        page += 1
    assert paged == whole
    assert len(paged) == total


def test_the_last_page_is_read_from_the_end(django_assert_num_queries):
    OpportunityFactory.create_batch(10)
    client = any_user()
    client.get(URL)
    with django_assert_num_queries(3) as queries:
        client.get(URL, {"page_size": 3, "page": 4})
    assert not [each for each in queries.captured_queries if "OFFSET" in each["sql"]]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has the index")
def test_a_search_on_postgresql_uses_its_index():
    assert make_search_index()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Opportunity.objects.search("northwind").order_by().explain()
    assert plan.count("opp_search_text") == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL estimates")
def test_a_long_list_is_counted_only_where_somebody_goes_far_back(
    django_assert_num_queries, settings
):
    total = COUNTED + 40
    rows = (
        OpportunityFactory.build(remote_id=str(n), deal_value=n or None, practice="Cloud")
        for n in range(total)
    )
    Opportunity.objects.bulk_create(rows)
    client = any_user()
    asked = {"page_size": 100, "ordering": "-deal_value"}
    first = client.get(URL, asked).json()
    assert first["count_is_estimated"]
    assert first["count"] > COUNTED
    with django_assert_num_queries(3):
        last = client.get(URL, {**asked, "page": 101}).json()
    assert (last["count"], last["count_is_estimated"], last["next"]) == (total, False, None)
    assert [row["deal_value"] for row in last["results"][-2:]] == ["1.00", None]
    assert client.get(URL, {**asked, "page": 102}).status_code == 404
    assert not client.get(URL, {"search": "no such word"}).json()["count_is_estimated"]
    at_once = client.get(URL, {**asked, "page": "last"}).json()
    assert (at_once["count"], at_once["next"], len(at_once["results"])) == (total, None, 40)
    settings.RESTRICT_VISIBILITY = True
    partly = client_of(UserFactory(roles=[Role.SA], practices=["Cloud"]))
    told = partly.get(URL, asked).json()
    assert (told["count"], told["count_is_estimated"]) == (total, False)
