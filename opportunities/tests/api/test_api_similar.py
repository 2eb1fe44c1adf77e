"""Similar deals: whose come first, and that nothing out of sight is among them."""

import pytest

from opportunities.domain.states import WorkflowStatus
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory
from opportunities.tests.workflow_scene import sa

pytestmark = pytest.mark.django_db
ALONE = {"customer": "Alone AG", "practice": "Data"}


def similar(client, opportunity):
    return client.get(f"/api/opportunities/{opportunity.pk}/similar").json()


def names(client, opportunity):
    return [each["name"] for each in similar(client, opportunity)]


def test_the_same_customer_comes_first_then_the_same_practice_and_size():
    wanted = OpportunityFactory(customer="Northwind", deal_value=100, name="wanted")
    OpportunityFactory(customer="Other", deal_value=200, name="double")
    OpportunityFactory(customer="Other", deal_value=50, name="half")
    OpportunityFactory(customer="Northwind", practice="Data", deal_value=9, name="same customer")
    for odd in ({"deal_value": 201}, {"deal_value": 49}, {"currency": "USD"}, {"practice": "Data"}):
        OpportunityFactory(**{"customer": "Other", "deal_value": 100, "name": "odd", **odd})
    assert names(any_user(), wanted) == ["same customer", "half", "double"]


def test_decided_ones_tell_more_and_come_before_open_ones():
    wanted = OpportunityFactory()
    lost = {"workflow_status": WorkflowStatus.CLOSED_IN_CRM, "decision": "BID"}
    decided = {"decided_at": "2026-11-01T08:00Z", "crm_outcome": "LOST", **lost}
    OpportunityFactory(name="decided", **decided)
    OpportunityFactory(name="open")
    first, second = similar(any_user(), wanted)
    assert (first["name"], first["decision"], first["crm_outcome"]) == ("decided", "BID", "LOST")
    assert second["name"] == "open"


@pytest.mark.parametrize("unknown", ["customer", "practice", "deal_value", "currency"])
def test_what_is_not_known_is_like_nothing(unknown):
    fields = {**ALONE, "deal_value": 100, "currency": "EUR", unknown: None}
    wanted = OpportunityFactory(**fields)
    OpportunityFactory(**{**fields, "customer": None, "practice": None})
    assert similar(any_user(), wanted) == []


def test_nothing_out_of_sight_is_similar(settings):
    settings.RESTRICT_VISIBILITY = True
    wanted, me = OpportunityFactory(practice="Cloud"), client_of(sa())
    theirs = OpportunityFactory(practice="Data")
    assert similar(me, wanted) == []
    assert me.get(f"/api/opportunities/{theirs.pk}/similar").status_code == 404


def test_five_at_most_in_the_same_few_queries(django_assert_num_queries):
    wanted = OpportunityFactory()
    OpportunityFactory.create_batch(7)
    client = any_user()
    with django_assert_num_queries(3):
        assert len(similar(client, wanted)) == 5
