from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from opportunities.api.filters import SORTABLE
from opportunities.models import Opportunity
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/opportunities"
WHEN = datetime(2026, 11, 20, 12, tzinfo=UTC)


def names(client, **parameters):
    answer = client.get(URL, parameters)
    assert answer.status_code == 200, answer.content
    return {row["name"] for row in answer.json()["results"]}


def test_a_row_has_the_columns_of_the_crm_and_of_our_people():
    OpportunityFactory()
    (row,) = any_user().get(URL).json()["results"]
    assert row.keys() > {*Opportunity.CRM_FIELDS, *Opportunity.PEOPLE_FIELDS, "id", "remote_id"}


def test_ids_and_amounts_travel_as_text():
    deal = OpportunityFactory(remote_id="9007199254740993", deal_value=Decimal("12345678901234.50"))
    (row,) = any_user().get(URL).json()["results"]
    assert (row["id"], row["remote_id"]) == (str(deal.pk), "9007199254740993")
    assert row["deal_value"] == "12345678901234.50"


def test_what_the_crm_leaves_empty_is_null():
    OpportunityFactory(deal_value=None, close_date=None, customer=None)
    (row,) = any_user().get(URL).json()["results"]
    assert (row["deal_value"], row["close_date"], row["customer"]) == (None, None, None)
    assert (row["assigned_sa"], row["status_before_close"], row["removal_reason"]) == (None,) * 3


def test_times_are_in_utc_whatever_zone_the_site_shows():
    OpportunityFactory(crm_updated_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    with timezone.override("Europe/Berlin"):
        (row,) = any_user().get(URL).json()["results"]
    assert row["crm_updated_at"] == "2026-07-01T22:30:00Z"


def test_the_sa_is_a_person_with_a_name():
    ada = UserFactory(first_name="Ada", last_name="Lovelace")
    OpportunityFactory(assigned_sa=ada)
    (row,) = any_user().get(URL).json()["results"]
    assert row["assigned_sa"] == {"id": str(ada.pk), "name": "Ada Lovelace"}


def test_an_sa_without_a_name_is_called_by_the_user_name():
    OpportunityFactory(assigned_sa=UserFactory(username="ada"))
    (row,) = any_user().get(URL).json()["results"]
    assert row["assigned_sa"]["name"] == "ada"


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, {"mine", "hers", "gone"}),
        ({"workflow_status": "NEW"}, {"gone"}),
        ({"workflow_status": ["NEW", "ASSIGNED"]}, {"mine", "gone"}),
        ({"practice": "SAP, cloud"}, {"mine"}),
        ({"practice": ["SAP, cloud", "Network"]}, {"mine", "hers"}),
        ({"practice": "never heard of"}, set()),
        ({"geo": "APAC"}, {"hers"}),
        ({"stage": "Proposal"}, {"mine"}),
        ({"crm_status": "WON"}, {"hers"}),
        ({"sales_owner": "O'Neill"}, {"mine"}),
        ({"removed": "true"}, {"gone"}),
        ({"removed": "false"}, {"mine", "hers"}),
        ({"close_date_from": "2027-02-01"}, {"hers"}),
        ({"close_date_to": "2027-02-01"}, {"mine", "hers"}),
        ({"close_date_to": "2027-01-31"}, {"mine"}),
        ({"deal_value_min": "100.01"}, {"hers"}),
        ({"deal_value_max": "100.00"}, {"mine"}),
        ({"deal_value_min": "1", "deal_value_max": "1000", "geo": "APAC"}, {"hers"}),
        ({"assigned_sa": "me"}, {"mine"}),
        ({"assigned_sa": "none"}, {"gone"}),
        ({"search": "acme"}, {"mine"}),
        ({"search": "lovelace hers"}, {"hers"}),
        ({"search": "4711"}, {"gone"}),
        ({"search": "no such words"}, set()),
    ],
)
def test_the_list_is_narrowed_by(parameters, found):
    me, ada = UserFactory(), UserFactory(last_name="Lovelace")
    OpportunityFactory(
        name="mine", assigned_sa=me, workflow_status="ASSIGNED", practice="SAP, cloud",
        customer="ACME", sales_owner="O'Neill", close_date=date(2027, 1, 31), deal_value=100,
    )  # fmt: skip
    OpportunityFactory(
        name="hers", assigned_sa=ada, workflow_status="CLOSED_IN_CRM", practice="Network",
        geo="APAC", stage="Closed", crm_status="WON", close_date=date(2027, 2, 1), deal_value=1000,
    )  # fmt: skip
    OpportunityFactory(
        name="gone", opty_number="OPTY-4711", removed_in_crm_at=WHEN, stage=None,
        close_date=None, deal_value=None,
    )  # fmt: skip
    assert names(client_of(me), **parameters) == found


def test_the_list_is_narrowed_to_another_sa_by_id():
    ada = UserFactory()
    OpportunityFactory(name="hers", assigned_sa=ada)
    OpportunityFactory(assigned_sa=UserFactory())
    assert names(any_user(), assigned_sa=str(ada.pk)) == {"hers"}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("workflow_status", "WON"),
        ("assigned_sa", "ada"),
        ("assigned_sa", "9" * 30),
        ("removed", "maybe"),
        ("removed", ""),
        ("deal_value_min", ""),
        ("changed_since", "2026-01-31T12:00"),
        ("changed_since", "2026-W01"),
        ("ordering", ""),
        ("close_date_from", "31/01/2027"),
        ("close_date_to", "soon"),
        ("deal_value_min", "much"),
        ("deal_value_max", "NaN"),
        ("deal_value_max", "1e30"),
        ("ordering", "price"),
        ("ordering", "sa_notes"),
        ("ordering", "name,price"),
        ("group", "name"),
        ("group", ""),
        ("practice", "a\0b"),
        ("page", ""),
        ("page_size", "0"),
        ("page_size", "501"),
        ("page_size", "many"),
        ("workflow_statuses", "NEW"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(parameter, value):
    OpportunityFactory()
    answer = any_user().get(URL, {parameter: value})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [each["field"] for each in answer.json()["errors"]] == [parameter]


@pytest.mark.parametrize(
    ("typed", "advice"),
    [("practise", "Did you mean practice?"), ("colour", "/api/docs lists them all.")],
)
def test_an_unknown_parameter_is_answered_with_the_nearest_not_with_all_sixty(typed, advice):
    (error,) = any_user().get(URL, {typed: "x"}).json()["errors"]
    sentence = f"This parameter does not exist. {advice}"
    assert error == {"field": typed, "code": "unknown_parameter", "detail": sentence}


def test_dates_are_read_the_same_way_whatever_language_the_site_speaks():
    with translation.override("de"):
        assert any_user().get(URL, {"close_date_from": "31.01.2027"}).status_code == 400


def test_a_search_for_what_no_text_can_hold_is_refused():
    assert any_user().get(URL, {"search": "a\0b"}).status_code == 400


def test_a_refused_workflow_status_lists_those_there_are():
    (error,) = any_user().get(URL, {"workflow_status": "WON"}).json()["errors"]
    assert (error["field"], error["code"]) == ("workflow_status", "invalid_choice")
    assert "WON" in error["detail"]
    assert "CLOSED_IN_CRM" in error["detail"]


@pytest.mark.shared_out
@pytest.mark.parametrize("column", SORTABLE)
@pytest.mark.parametrize("sign", ["", "-"])
def test_sorting_puts_the_empty_last_and_the_rest_in_order(column, sign):
    OpportunityFactory(**dict.fromkeys(empty_columns()), name="m")
    for number, letter in enumerate("az", start=1):
        OpportunityFactory(**filled(number, letter), assigned_sa=UserFactory(first_name=letter))
    answer = any_user().get(URL, {"ordering": sign + column})
    values = [shown(row[column]) for row in answer.json()["results"]]
    filled_values = [value for value in values if value is not None]
    assert filled_values == sorted(filled_values, reverse=sign == "-")
    assert values == filled_values + [None] * (3 - len(filled_values))


def empty_columns():
    columns = set(SORTABLE) - {"assigned_sa", "score", "band"}
    return [name for name in columns if Opportunity._meta.get_field(name).null]


def filled(number, letter):
    texts = ["opty_number", "customer", "practice", "geo", "currency", "stage", "crm_status"]
    moments = ["crm_created_at", "crm_updated_at", "first_seen_at", "last_synced_at"]
    return {
        **dict.fromkeys([*texts, "sales_owner", "name"], letter),
        **dict.fromkeys([*moments, "removed_in_crm_at"], WHEN.replace(day=number)),
        "deal_value": number,
        "win_probability": number,
        "close_date": date(2027, 1, number),
        "workflow_status": ["APPROVED", "RETURNED"][number - 1],
    }


def shown(value):
    """A value that sorts in Python as it does in the database."""
    if isinstance(value, dict):
        return value["name"]
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def test_several_columns_sort_one_after_the_other():
    for geo, name in (("B", "1"), ("A", "2"), ("B", "3")):
        OpportunityFactory(geo=geo, name=name)
    rows = any_user().get(URL, {"ordering": "geo,-name"}).json()["results"]
    assert [row["name"] for row in rows] == ["2", "3", "1"]


def test_priorities_filter_and_sort_by_their_rank_in_neighbours_too():
    ids = {name: OpportunityFactory(priority=name).pk for name in ("LOW", "HIGH", "NORMAL")}
    client, asked = any_user(), {"ordering": "-priority"}
    rows = client.get(URL, asked).json()["results"]
    assert [row["priority"] for row in rows] == ["HIGH", "NORMAL", "LOW"]
    beside = client.get(f"{URL}/{ids['NORMAL']}/neighbours", asked).json()
    assert [beside[way]["id"] for way in ("previous", "next")] == [
        str(ids["HIGH"]),
        str(ids["LOW"]),
    ]
    rows = client.get(URL, {"priority": ["LOW", "HIGH"]}).json()["results"]
    assert {row["priority"] for row in rows} == {"LOW", "HIGH"}


def test_the_newest_change_in_the_crm_comes_first():
    OpportunityFactory(name="old", crm_updated_at=WHEN.replace(day=1))
    OpportunityFactory(name="new", crm_updated_at=WHEN)
    rows = any_user().get(URL).json()["results"]
    assert [row["name"] for row in rows] == ["new", "old"]


def test_rows_that_sort_the_same_have_one_order_across_pages():
    OpportunityFactory.create_batch(7, geo="EMEA")
    client, seen = any_user(), []
    for page in (1, 2, 3):
        answer = client.get(URL, {"page_size": 3, "page": page, "ordering": "geo"}).json()
        seen += [row["id"] for row in answer["results"]]
    assert (answer["count"], answer["next"]) == (7, None)
    assert seen == [str(deal.pk) for deal in Opportunity.objects.order_by("-pk")]


def test_a_page_beyond_the_last_is_not_found():
    assert any_user().get(URL, {"page": 2}).status_code == 404


@pytest.mark.parametrize(
    ("parameters", "queries"),
    [
        ({}, 3),
        ({"search": "cloud", "ordering": "-score"}, 4),
        ({"unseen": "false"}, 3),
        ({"group": "assigned_sa"}, 4),
    ],
)
def test_sixty_rows_cost_as_many_queries_as_three(parameters, queries, django_assert_num_queries):
    client = any_user()
    client.get(URL)  # Who somebody is costs one query, asked once.
    for total in (3, 60):
        for _ in range(total - Opportunity.objects.count()):
            OpportunityFactory(assigned_sa=UserFactory())
        with django_assert_num_queries(queries):
            rows = client.get(URL, {"page_size": 100, **parameters}).json()["results"]
        assert len(rows) == total
