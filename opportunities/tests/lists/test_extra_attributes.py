"""The CRM's further attributes as columns and filters, where settings name them."""

import csv
import io

import pytest

from opportunities.access.roles import Role
from opportunities.tests.admin_clients import administrator, text_of
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/opportunities"
ADMIN = "/admin/opportunities/opportunity/"


@pytest.fixture(autouse=True)
def named(settings):
    settings.EXTRA_COLUMNS = {"Region_c": "Region", "Own__c": "Own__c"}
    settings.EXTRA_FILTERS = {"Region_c": "Region", "Own__c": "Own__c"}


def a_deal(**extra):
    return OpportunityFactory(extra=extra)


def ids(client=None, **parameters):
    answer = (client or any_user()).get(URL, parameters)
    assert answer.status_code == 200, answer.content
    return {row["id"] for row in answer.json()["results"]}


def keys(*deals):
    return {str(deal.pk) for deal in deals}


# --- the API ------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_one_value_or_several():
    north, south = a_deal(Region_c="North"), a_deal(Region_c="South")
    a_deal(Region_c="East, far")
    assert ids(**{"extra.Region_c": "North"}) == keys(north)
    assert ids(**{"extra.Region_c": ["North", "South"]}) == keys(north, south)
    assert len(ids(**{"extra.Region_c": "East, far"})) == 1
    assert ids(**{"extra.Region_c": "North", "extra.Own__c": "1"}) == set()


def test_blank_means_those_without_it():
    nothing = [a_deal(), a_deal(Region_c=None)]
    a_deal(Region_c="North")
    assert ids(**{"extra.Region_c": ""}) == keys(*nothing)


@pytest.mark.parametrize(
    ("value", "word"), [(5, "5"), (5.5, "5.5"), (True, "true"), ("Ä'\"%;", "Ä'\"%;")]
)
def test_each_kind_of_value_is_found_by_the_word_that_the_choices_give(value, word):
    deal = a_deal(Own__c=value)
    a_deal(Own__c="another")
    choices = any_user().get(f"{URL}/choices").json()["extra_filters"]
    assert word in choices[1]["words"]
    assert ids(**{"extra.Own__c": word}) == keys(deal)


def test_it_holds_within_groups_for_the_tabs_and_for_the_sums():
    north = a_deal(Region_c="North")
    a_deal(Region_c="South")
    assert ids(either=["extra.Region_c=North", "extra.Region_c=East"]) == keys(north)
    tabs = any_user().get(f"{URL}/tabs", {"extra.Region_c": "North"}).json()
    assert {tab["name"]: tab["count"] for tab in tabs}["all"] == 1
    assert any_user().get(f"{URL}/sums", {"extra.Region_c": "North"}).json()["count"] == 1


@pytest.mark.parametrize("name", ["extra.Budget_c", "extra.", "extra", "Region_c"])
def test_an_attribute_that_no_setting_names_is_refused_by_name(name):
    answer = any_user().get(URL, {name: "North"})
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == [name]


def test_choices_are_the_words_that_occur_in_what_one_sees(settings, django_assert_num_queries):
    settings.RESTRICT_VISIBILITY = True
    OpportunityFactory(practice="Cloud", extra={"Region_c": "South"})
    OpportunityFactory(practice="Cloud", extra={"Region_c": "North"})
    OpportunityFactory(practice="Data", extra={"Region_c": "Hidden"})
    client = client_of(UserFactory(practices=["Cloud"]))
    client.get("/api/me")
    with django_assert_num_queries(3):
        told = client.get(f"{URL}/choices").json()
    assert told["extra_columns"][0] == {"name": "extra.Region_c", "label": "Region"}
    assert told["extra_filters"][0] == {
        "name": "extra.Region_c",
        "label": "Region",
        "words": ["North", "South"],
    }


def test_a_narrowed_page_costs_as_many_queries_as_any(django_assert_num_queries):
    client = any_user()
    client.get(URL)
    for count in (2, 20):
        for _ in range(count):
            a_deal(Region_c="North")
        with django_assert_num_queries(3):
            client.get(URL, {"extra.Region_c": "North", "page_size": 50})


def test_the_export_has_the_columns(settings):
    a_deal(Region_c="North", Own__c=5)
    a_deal(Region_c="=1+1", Own__c=True)
    usual = csv_of("")
    assert {row["Region"] for row in usual} == {"North", "'=1+1"}
    assert {row["Own__c"] for row in usual} == {"5", "yes"}
    chosen = csv_of("name,extra.Region_c")
    assert list(chosen[0]) == ["Opportunity", "Region"]
    refused = any_user().get(f"{URL}/export.csv", {"columns": "extra.Budget_c"})
    assert refused.status_code == 400
    workbook = any_user().get(f"{URL}/export.xlsx")
    assert workbook.status_code == 200
    workbook.close()


def csv_of(columns):
    answer = any_user().get(f"{URL}/export.csv", {"columns": columns} if columns else {})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_saved_view_keeps_such_a_column_and_such_a_filter():
    client = client_of(UserFactory(roles=[Role.SA]))
    view = {"name": "North", "query": "extra.Region_c=North", "columns": ["extra.Region_c"]}
    kept = client.post("/api/saved-views", view, format="json")
    assert kept.status_code == 201, kept.content
    assert kept.json()["columns"] == ["extra.Region_c"]
    others = {**view, "name": "Other", "columns": ["extra.Budget_c"]}
    assert client.post("/api/saved-views", others, format="json").status_code == 400


# --- the admin ----------------------------------------------------------------------------------


def test_the_admins_list_shows_and_narrows():
    north, south = a_deal(Region_c="North"), a_deal(Region_c="South")
    browser = administrator()
    assert "North" in text_of(browser.get(ADMIN))
    narrowed = browser.get(ADMIN, {"extra.Region_c": "North"})
    assert set(narrowed.context["cl"].result_list) == {north}
    assert south.name in text_of(browser.get(ADMIN))
