"""Groups of filters of which a row has to fit one."""

import csv
import io
from decimal import Decimal

import pytest

from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/opportunities"
GROUPS = ["practice=Cloud&geo=EMEA", "practice=Data&deal_value_min=500"]


def four_deals():
    return [
        OpportunityFactory(practice=practice, geo=geo, deal_value=Decimal(value))
        for practice, geo, value in [
            ("Cloud", "EMEA", 100),
            ("Cloud", "APAC", 900),
            ("Data", "APAC", 900),
            ("Data", "EMEA", 100),
        ]
    ]


def ids(client, **parameters):
    answer = client.get(URL, {"ordering": "id", **parameters})
    assert answer.status_code == 200, answer.content
    return [int(row["id"]) for row in answer.json()["results"]]


def test_all_of_a_group_fits_and_one_of_the_groups_and_the_rest_of_the_request():
    cloud, _, data, _ = (deal.pk for deal in four_deals())
    client = any_user()
    assert ids(client, either=GROUPS) == [cloud, data]
    assert ids(client, either=GROUPS[:1]) == [cloud]
    assert ids(client, either=GROUPS, geo="APAC") == [data]
    assert ids(client, either=["practice=Cloud&practice=Data", "geo=LATAM"], geo="APAC") == [
        data - 1,
        data,
    ]


def test_the_list_its_tabs_sums_neighbours_and_file_agree_on_groups():
    cloud, _, data, _ = (deal.pk for deal in four_deals())
    client, asked = any_user(), {"either": [*GROUPS, "unseen=true", "tab=closed"]}
    assert ids(client, **asked) == [cloud, data]
    counts = {tab["name"]: tab["count"] for tab in client.get(f"{URL}/tabs", asked).json()}
    assert (counts["all"], counts["unassigned"]) == (2, 2)
    assert client.get(f"{URL}/sums", asked).json()["count"] == 2
    told = client.get(f"{URL}/{cloud}/neighbours", {**asked, "ordering": "id"}).json()
    assert (told["position"], told["count"], told["next"]["id"]) == (1, 2, str(data))
    file = client.get(f"{URL}/export.csv", {**asked, "columns": "practice", "ordering": "id"})
    lines = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig")))
    assert [line[0] for line in lines] == ["Practice", "Cloud", "Data"]


def test_a_group_has_every_filter_of_the_list_with_who_asks():
    me = UserFactory(first_name="Ada")
    mine, found = OpportunityFactory(assigned_sa=me), OpportunityFactory(name="Rail works")
    OpportunityFactory()
    groups = ["assigned_sa=me&tab=unassigned", "search=ada", "band=HIGH", "search=works rail"]
    assert ids(client_of(me), either=groups) == [mine.pk, found.pk]


def test_a_group_shows_nobody_what_is_out_of_sight(settings):
    settings.RESTRICT_VISIBILITY = True
    cloud, *_ = four_deals()
    client = client_of(UserFactory(practices=["Cloud"]))
    assert ids(client, either=["geo=EMEA", "practice=Data"]) == [cloud.pk]


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        (["geo=EMEA", "colour=red"], "Group 2, colour: This parameter does not exist."),
        (["either=geo%3DEMEA"], "Group 1, either: This parameter does not exist."),
        (["geo=EMEA&ordering=name"], "Group 1, ordering: This parameter does not exist."),
        (["workflow_status=WON"], "Group 1, workflow_status: WON is not one of NEW,"),
        (["assigned_sa=ada"], "Group 1, assigned_sa: Write the id of a user, me, or none."),
        (["practice=a%00b"], "Group 1, practice: "),
        ([""], "Group 1 contains no filter. Write filters like practice=Cloud&geo=EMEA."),
        (["geo=EMEA", "search="], "Group 2 contains no filter."),
        (["geo=EMEA"] * 11, "There are 11 groups. Send at most 10."),
        ([f"search={'a' * 1500}"], "Group 1 is too long. Shorten it to 1500 characters."),
    ],
)
def test_a_group_that_cannot_be_used_is_refused_with_its_number(groups, sentence):
    answer = any_user().get(URL, {"either": groups})
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["field"] == "either"
    assert sentence in error["detail"]


def test_a_view_with_groups_is_kept_and_one_the_list_would_refuse_is_not():
    client, asked = any_user(), {"name": "Mine", "query": "either=geo%3DEMEA&ordering=name"}
    assert client.post("/api/saved-views", asked, format="json").status_code == 201
    asked = {"name": "Theirs", "query": "either=assigned_sa%3Dada"}
    refused = client.post("/api/saved-views", asked, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "query.either")


@pytest.mark.parametrize("rows", [1, 9])
def test_groups_cost_no_query_of_their_own(rows, django_assert_num_queries):
    OpportunityFactory.create_batch(rows)
    client = any_user()
    client.get(URL)
    with django_assert_num_queries(3):
        client.get(URL, {"either": [*GROUPS, "unseen=true", "band=HIGH"]})
