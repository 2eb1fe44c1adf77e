"""Who one is, whom an opportunity can be given to, and the views people keep."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import SavedView
from opportunities.access.roles import Role
from opportunities.domain.states import WorkflowStatus
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
PAST = datetime.now(UTC) - timedelta(hours=1)


def test_me_says_who_i_am_and_what_i_may_do():
    me = UserFactory(
        username="ada",
        roles=[Role.LEAD],
        leads=["Cloud"],
        practices=["Data"],
        permissions=["trigger_sync"],
    )
    answer = client_of(me).get("/api/me").json()
    assert (answer["id"], answer["name"], answer["roles"]) == (str(me.pk), "ada", ["SA lead"])
    assert (answer["practices"], answer["practices_led"]) == (["Cloud", "Data"], ["Cloud"])
    rights = answer["rights"]
    assert (rights["assign"], rights["claim"], rights["start_sync"]) == (True, False, True)


def test_sas_are_offered_with_the_work_they_have(django_assert_num_queries):
    busy = UserFactory(first_name="Ada", roles=[Role.SA], practices=["Cloud", "Data"])
    UserFactory(first_name="Bob", roles=[Role.SA, Role.LEAD])
    UserFactory(first_name="Cy", roles=[Role.VIEWER])
    UserFactory(first_name="Gone", roles=[Role.SA], is_active=False)
    for status, due in (("ASSIGNED", None), ("RETURNED", PAST), ("IN_REVIEW", PAST)):
        OpportunityFactory(
            workflow_status=WorkflowStatus(status), assigned_sa=busy, due_at=due, due_soon_at=due
        )
    client = client_of(UserFactory())
    with django_assert_num_queries(5):
        rows = client.get("/api/users", {"role": "SA"}).json()["results"]
    assert [(row["name"], row["load"]) for row in rows] == [
        ("Ada", {"open": 2, "overdue": 1}),
        ("Bob", {"open": 0, "overdue": 0}),
    ]
    narrowed = {"role": ["SA", "SA lead"], "practice": ["Cloud", "Data"], "search": "ad"}
    assert client.get("/api/users", narrowed).json()["count"] == 1


# --- saved views ------------------------------------------------------------

URL = "/api/saved-views"


def keep(client, name="Mine", **more):
    return client.post(
        URL, {"name": name, "query": "geo=EMEA&ordering=-score&group=sector", **more}
    )


def test_a_view_is_kept_changed_and_removed_by_its_owner():
    client = client_of(UserFactory())
    made = keep(client, columns=["name", "score"]).json()
    assert (made["columns"], made["is_mine"], made["lock_version"]) == (["name", "score"], True, 0)
    where = f"{URL}/{made['id']}"
    changed = client.patch(where, {"lock_version": 0, "name": "Ours", "is_shared": True})
    assert (changed.json()["name"], changed.json()["query"]) == ("Ours", made["query"])
    assert client.delete(where).status_code == 204
    assert client.get(where).status_code == 404


def test_others_see_a_view_once_it_is_shared_and_never_change_it():
    mine, other = client_of(UserFactory()), client_of(UserFactory(is_superuser=True))
    made = keep(mine).json()
    where = f"{URL}/{made['id']}"
    assert other.get(where).status_code == 404
    assert other.patch(where, {"lock_version": 0, "name": "x"}).status_code == 404
    mine.patch(where, {"lock_version": 0, "is_shared": True})
    assert [row["is_mine"] for row in other.get(URL).json()["results"]] == [False]
    assert other.patch(where, {"lock_version": 1, "name": "x"}).status_code == 403
    assert other.delete(where).status_code == 403


def test_there_is_one_default_for_each_person():
    client, other = client_of(UserFactory()), client_of(UserFactory())
    keep(other, is_default=True)
    first = keep(client, "First", is_default=True).json()
    keep(client, "Second", is_default=True)
    assert client.get(f"{URL}/{first['id']}").json()["is_default"] is False
    assert SavedView.objects.filter(is_default=True).count() == 2


def test_a_view_changed_meanwhile_is_told_and_a_name_is_kept_once():
    client = client_of(UserFactory())
    made = keep(client).json()
    where = f"{URL}/{made['id']}"
    client.patch(where, {"lock_version": 0, "position": 3})
    stale = client.patch(where, {"lock_version": 0, "position": 4})
    assert (stale.status_code, stale.json()["current"]["position"]) == (409, 3)
    again = keep(client)
    assert (again.status_code, again.json()["code"]) == (409, "name_taken")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"query": "colour=red"}, "query.colour"),
        ({"query": "geo=a%00b"}, "query.geo"),
        ({"query": "ordering=price"}, "query.ordering"),
        ({"query": "group=colour"}, "query.group"),
        ({"query": "workflow_status=WON"}, "query.workflow_status"),
        ({"query": "assigned_sa=ada"}, "query.assigned_sa"),
        ({"columns": ["password"]}, "columns.0"),
        ({"owner": "1"}, "owner"),
        ({"name": ""}, "name"),
    ],
)
def test_a_view_the_list_would_refuse_is_not_kept(sent, field):
    answer = keep(client_of(UserFactory()), **sent)
    assert answer.status_code == 400, answer.json()
    assert [each["field"] for each in answer.json()["errors"]] == [field]
