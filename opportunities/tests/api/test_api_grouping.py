"""A list whose rows stand together in groups."""

from collections import Counter
from datetime import UTC, datetime
from itertools import groupby

import pytest

from opportunities.api.grouping import GROUPED_BY
from opportunities.domain.states import WorkflowStatus
from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/opportunities"


def a_mixed_list():
    # Of one name, so that only the account tells them apart.
    sas = [None, *(UserFactory(first_name="Ada", last_name="") for _ in range(2))]
    words = ["Banking", None, "Rail", "Banking", "Energy"]
    states = [*WorkflowStatus][::-1]
    for number in range(20):
        word = words[number * 7 % 5]
        OpportunityFactory(
            **dict.fromkeys(("practice", "geo", "sector", "stage"), word),
            workflow_status=states[number * 3 % len(states)],
            assigned_sa=sas[number % 3],
            deal_value=[None, 10, 20][number % 3],
            currency=["EUR", "USD"][number % 2],
            crm_updated_at=datetime(2026, 11, 1 + number * 3 % 20, tzinfo=UTC),
        )


def group_of(row, name):
    value = row[name]
    return value["id"] if isinstance(value, dict) else value


def pages_of(client, **parameters):
    page = 1
    while page:
        answer = client.get(URL, {**parameters, "page": page, "page_size": 7}).json()
        yield answer
        page = page + 1 if answer["next"] else None


@pytest.mark.parametrize("ordering", [{}, {"ordering": "-deal_value,name"}])
@pytest.mark.parametrize("name", GROUPED_BY)
def test_groups_stand_together_over_all_pages_each_with_what_it_has_on_all_of_them(name, ordering):
    a_mixed_list()
    client = any_user()
    as_sorted = client.get(URL, {**ordering, "page_size": 500}).json()["results"]
    pages = list(pages_of(client, group=name, **ordering))
    rows = [row for page in pages for row in page["results"]]

    values = [value for value, _ in groupby(rows, lambda row: group_of(row, name))]
    assert len(values) == len(set(values)), "a group is torn apart"
    assert None not in values[:-1]
    assert sorted(rows, key=as_sorted.index) == as_sorted
    places = [(values.index(group_of(row, name)), as_sorted.index(row)) for row in rows]
    assert places == sorted(places), "inside of a group the order is that of the list"

    for page in pages:
        shown = [value for value, _ in groupby(page["results"], lambda row: group_of(row, name))]
        assert [group["value"] for group in page["groups"]] == shown
        for group in page["groups"]:
            its_own = [row for row in rows if group_of(row, name) == group["value"]]
            assert group["count"] == len(its_own)
            assert counts_and_sums(group["values"]) == expected_of(its_own)


def counts_and_sums(values):
    return {each["currency"]: (each["count"], float(each["value"])) for each in values}


def expected_of(rows):
    counts, sums = Counter(), Counter()
    for row in rows:
        counts[row["currency"]] += 1
        sums[row["currency"]] += float(row["deal_value"] or 0)
    return {currency: (counts[currency], sums[currency]) for currency in counts}


def test_states_come_in_the_order_of_the_work():
    a_mixed_list()
    answer = any_user().get(URL, {"group": "workflow_status", "page_size": 500}).json()
    assert [group["value"] for group in answer["groups"]] == list(WorkflowStatus.values)


def test_groups_are_of_the_filtered_list_and_told_only_where_they_are_asked_for():
    OpportunityFactory.create_batch(2, geo="EMEA", sector="Rail")
    OpportunityFactory(geo="APAC", sector="Rail")
    client = any_user()
    told = client.get(URL, {"group": "sector", "geo": "EMEA"}).json()["groups"]
    assert [(group["value"], group["count"]) for group in told] == [("Rail", 2)]
    assert "groups" not in client.get(URL).json()
    assert client.get(URL, {"group": "sector", "geo": "LATAM"}).json()["groups"] == []
