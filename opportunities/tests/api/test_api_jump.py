from datetime import UTC, datetime

import pytest

from opportunities.access.roles import Role
from opportunities.domain.states import WorkflowStatus
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/jump"
S = WorkflowStatus


def day(number):
    return datetime(2026, 11, number, tzinfo=UTC)


def names(client, **parameters):
    answer = client.get(URL, parameters)
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()]


def test_own_open_deals_come_first_and_closed_ones_last(django_assert_num_queries):
    me = UserFactory(roles=[Role.SA, Role.SALES_OWNER], crm_owner_name="Ana Silva")
    others = {"sales_owner": "Eva Novak"}
    OpportunityFactory(name="Rail closed", workflow_status=S.CLOSED_IN_CRM, assigned_sa=me)
    OpportunityFactory(name="Rail removed", removed_in_crm_at=day(1), **others)
    OpportunityFactory(name="Rail mine", assigned_sa=me, crm_updated_at=day(1), **others)
    OpportunityFactory(name="Rail sold", sales_owner="Ana Silva", crm_updated_at=day(2))
    OpportunityFactory(name="Rail other", crm_updated_at=day(9), **others)
    OpportunityFactory(name="Port", customer="Harbour", assigned_sa=me)
    client = client_of(me)
    with django_assert_num_queries(3):
        found = names(client, search="rail")
    assert found[:3] == ["Rail sold", "Rail mine", "Rail other"]
    assert set(found[3:]) == {"Rail closed", "Rail removed"}


def test_without_a_search_come_those_that_the_person_viewed_last():
    me, other = UserFactory(), UserFactory()
    rows = OpportunityFactory.create_batch(10)
    for number, row in enumerate(rows, start=1):
        row.last_looks.create(user=me, at=day(number))
    OpportunityFactory().last_looks.create(user=other, at=day(20))
    assert names(client_of(me)) == [row.name for row in rows[:1:-1]]


def test_nothing_out_of_sight_is_found(settings):
    settings.RESTRICT_VISIBILITY = True
    OpportunityFactory(name="Rail", practice="Data")
    me = UserFactory(roles=[Role.SA], practices=["Cloud"])
    assert names(client_of(me), search="rail") == []
    assert any_user(reads=False).get(URL).status_code == 403


def test_a_parameter_that_does_not_exist_is_refused():
    assert any_user().get(URL, {"tab": "all"}).status_code == 400
