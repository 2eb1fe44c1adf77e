"""What the whole of a list tells: sums, and what stands next to each row."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from assessments.tests.factories import in_review, ratings
from opportunities.api.filters import SORTABLE, OpportunityFilter
from opportunities.lists.neighbours import neighbours
from opportunities.models import Opportunity
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/opportunities"


def a_mixed_list():
    for number in range(5):
        OpportunityFactory(
            geo=["EMEA", None, "APAC"][number % 3],
            deal_value=[None, "10.50", "9.00", "100.00"][number % 4],
            currency=["EUR", "USD", None][number % 3],
            close_date=date(2027, 1 + number % 2, 1) if number else None,
            crm_updated_at=datetime(2026, 11, 1 + number // 2, tzinfo=UTC),
            assigned_sa=UserFactory(first_name="Ada") if number % 2 else None,
            bid_due_on=date(2027, 1, 1) if number % 2 else None,
        )
    in_review(ratings(5), recommendation="BID")
    in_review(ratings(3))


def test_before_and_after_a_row_is_the_list_in_every_order():
    a_mixed_list()
    for name in [*SORTABLE, *(f"-{name}" for name in SORTABLE)]:
        every = Opportunity.objects.all()
        rows = OpportunityFilter(QueryDict(f"ordering={name}"), every).qs
        listed = [row.pk for row in rows]
        for place in (0, 3, len(listed) - 1):
            parts = neighbours(rows, listed[place])
            before, after = ([row.pk for row in part] for part in parts)
            assert [*before[::-1], listed[place], *after] == listed, name


@pytest.mark.parametrize(
    "order",
    [
        {"ordering": "geo,-name"},
        {"ordering": "-score"},
        {},
        {"group": "workflow_status", "ordering": "-name"},
        {"group": "geo"},
    ],
)
def test_neighbours_are_those_of_the_list(order):
    a_mixed_list()
    client = any_user()
    listed = [row["id"] for row in client.get(URL, order).json()["results"]]
    told = [client.get(f"{URL}/{pk}/neighbours", order).json() for pk in listed]
    assert [each["position"] for each in told] == list(range(1, len(listed) + 1))
    assert {each["count"] for each in told} == {len(listed)}
    following = [each["next"] and each["next"]["id"] for each in told]
    before = [each["previous"] and each["previous"]["id"] for each in told]
    assert following == [*listed[1:], None]
    assert before == [None, *listed[:-1]]


def test_a_row_that_left_the_list_has_no_place_in_it():
    row = OpportunityFactory(geo="EMEA")
    OpportunityFactory(geo="APAC", name="The other")
    told = any_user().get(f"{URL}/{row.pk}/neighbours", {"geo": "APAC"}).json()
    assert told == {"position": None, "count": 1, "previous": None, "next": None}


def test_neighbours_take_a_fixed_number_of_queries(django_assert_num_queries):
    row = OpportunityFactory.create_batch(9)[4]
    client = any_user()
    client.get(URL)
    with django_assert_num_queries(7):
        client.get(f"{URL}/{row.pk}/neighbours", {"search": "cloud"})


def test_neighbours_out_of_sight_are_passed_over(settings):
    settings.RESTRICT_VISIBILITY = True
    mine, _, third = (OpportunityFactory(practice=each) for each in ("Data", "Cloud", "Data"))
    client = client_of(UserFactory(practices=["Data"]))
    told = client.get(f"{URL}/{mine.pk}/neighbours", {"ordering": "id"}).json()
    assert (told["count"], told["next"]["id"]) == (2, str(third.pk))
    hidden = client.get(f"{URL}/{third.pk - 1}/neighbours")
    assert hidden.status_code == 404


def test_sums_are_told_by_currency_for_the_list_that_is_shown():
    OpportunityFactory.create_batch(2, deal_value="10.50", geo="EMEA")
    OpportunityFactory(deal_value=None, currency=None, geo="EMEA")
    OpportunityFactory(geo="APAC")
    shown = {"geo": "EMEA", "tab": "unassigned", "ordering": "-name", "group": "stage", "page": 2}
    assert any_user().get(f"{URL}/sums", shown).json() == {
        "count": 3,
        "values": [
            {"currency": "EUR", "value": "21.00", "count": 2},
            {"currency": None, "value": "0.00", "count": 1},
        ],
    }


def test_choices_are_the_words_that_occur_in_what_one_sees(settings, django_assert_num_queries):
    settings.RESTRICT_VISIBILITY = True
    OpportunityFactory(practice="Cloud", geo="EMEA")
    OpportunityFactory(practice="Cloud", geo="APAC", sector=None, stage=None)
    OpportunityFactory(practice="Data", geo="LATAM")
    client = client_of(UserFactory(practices=["Cloud"]))
    client.get("/api/me")
    with django_assert_num_queries(3):
        told = client.get(f"{URL}/choices").json()
    assert {column: told[column] for column in ("practice", "geo", "sector", "stage")} == {
        "practice": ["Cloud"],
        "geo": ["APAC", "EMEA"],
        "sector": ["Transport"],
        "stage": ["Proposal"],
    }
    assert {"name": "HIGH", "label": "High"} in told["band"]
    assert {"name": "NO_BID", "label": "No bid"} in told["workflow_status"]
    assert {"name": "FIT", "label": "Solution fit"} in told["rated"]


def test_the_page_of_the_crm_is_told_where_it_is_known(settings):
    row = OpportunityFactory(opty_number="A/1")
    address = f"{URL}/{row.pk}"
    assert any_user().get(address).json()["crm_url"] is None
    settings.ORACLE_UI_URL = "https://crm.example.com/{opty_number}"
    assert any_user().get(address).json()["crm_url"] == "https://crm.example.com/A%2F1"
