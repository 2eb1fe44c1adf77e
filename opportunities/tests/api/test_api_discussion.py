"""Threads of comments, the people they mention, and watching."""

import pytest
from django.core import mail

from opportunities.access.roles import Role
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Mention, OpportunityEvent, Watch
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.workflow_scene import bid_manager, deal, lead, moved, sa
from outbox.working import Worker

pytestmark = pytest.mark.django_db


def comment(person, opportunity, text="Hm.", **more):
    address = f"/api/opportunities/{opportunity.pk}/comments"
    return client_of(person).post(address, {"text": text, **more}, format="json")


def found(person, **filters):
    rows = client_of(person).get("/api/opportunities", filters).json()["results"]
    return {row["id"] for row in rows}


def told():
    Worker().work_once()
    return {address for message in mail.outbox for address in message.to}


def test_a_reply_names_the_first_comment_of_its_thread():
    opportunity, me = deal(), lead()
    first = comment(me, opportunity).json()
    reply = comment(me, opportunity, reply_to=first["id"]).json()
    below = comment(me, opportunity, reply_to=reply["id"]).json()
    assert first["changes"] == {}
    assert reply["changes"] == below["changes"] == {"reply_to": [None, first["id"]]}


def test_a_reply_is_to_a_comment_of_this_opportunity():
    opportunity, me = deal(), lead()
    elsewhere = comment(me, deal()).json()["id"]
    answer = comment(me, opportunity, reply_to=elsewhere)
    assert (answer.status_code, answer.json()["guard"]) == (409, "comment_there")


def test_who_is_mentioned_gets_a_notice_and_finds_the_deal_until_it_is_opened():
    opportunity, ada = deal(), sa(first_name="Ada", email="ada@example.com")
    answer = comment(lead(), opportunity, "@Ada, look", mentions=[str(ada.pk), str(ada.pk)])
    assert answer.json()["changes"]["mentions"] == [[], ["Ada"]]
    assert OpportunityEvent.objects.get().changes == {"mentions": [[], [ada.pk]]}
    assert told() == {"ada@example.com"}
    assert mail.outbox[0].subject.startswith("You were mentioned: ")
    assert found(ada, mentioned="true") == {str(opportunity.pk)}
    assert found(lead(), mentioned="true") == found(ada, mentioned="false") == set()
    client_of(ada).post(f"/api/opportunities/{opportunity.pk}/seen")
    assert found(ada, mentioned="true") == set()


def test_a_comment_without_mentions_is_nobodys_mail():
    comment(lead(), deal(assigned_sa=sa(email="sa@example.com")))
    assert told() == set()


@pytest.mark.parametrize("stranger", ["elsewhere", "nothing", "left", "missing"])
def test_only_who_sees_the_deal_can_be_mentioned(stranger, settings):
    settings.RESTRICT_VISIBILITY = True
    people = {
        "elsewhere": lambda: UserFactory(roles=[Role.SA], practices=["Data"]).pk,
        "nothing": lambda: UserFactory(reads=False, practices=["Cloud"]).pk,
        "left": lambda: sa(is_active=False).pk,
        "missing": lambda: 999_999,
    }
    answer = comment(lead(), deal(), mentions=[str(people[stranger]())])
    assert (answer.status_code, answer.json()["guard"]) == (409, "mentions_see_it")
    assert not Mention.objects.exists()


@pytest.mark.parametrize("is_restricted", [True, False])
def test_people_to_mention_are_those_whose_lists_have_the_deal(settings, is_restricted):
    settings.RESTRICT_VISIBILITY = is_restricted
    opportunity = deal(sales_owner="Ana Silva")
    unowned = OpportunityFactory(practice=None, sales_owner=None)
    people = [
        *(sa(), lead(), bid_manager(), UserFactory(is_superuser=True), UserFactory(reads=False)),
        UserFactory(roles=[Role.SALES_OWNER], crm_owner_name="ana silva"),
        UserFactory(roles=[Role.SALES_OWNER], crm_owner_name="Bo Li"),
        UserFactory(roles=[Role.SA], practices=["Data"]),
        UserFactory(roles=[Role.SA]),
    ]
    for each in (opportunity, unowned):
        seeing = {p.pk for p in people if client_of(p).get(address_of(each)).status_code == 200}
        answer = client_of(people[2]).get("/api/users", {"sees": each.pk, "page_size": 100})
        offered = {int(person["id"]) for person in answer.json()["results"]}
        assert offered & {p.pk for p in people} == seeing


def test_whom_one_can_mention_on_what_one_does_not_see_stays_hidden(settings):
    settings.RESTRICT_VISIBILITY = True
    theirs = OpportunityFactory(practice="Data")
    assert client_of(sa()).get("/api/users", {"sees": theirs.pk}).status_code == 404
    answer = client_of(sa()).get("/api/users", {"sees": "x"})
    assert [each["field"] for each in answer.json()["errors"]] == ["sees"]


def address_of(opportunity, below=""):
    return f"/api/opportunities/{opportunity.pk}{below}"


def test_a_watched_deal_is_found_until_it_is_watched_no_more():
    opportunity, me = deal(), UserFactory(roles=[Role.VIEWER])
    deal()
    client = client_of(me)
    for _ in range(2):
        assert client.put(address_of(opportunity, "/watch")).status_code == 204
    assert found(me, watched="true") == {str(opportunity.pk)}
    assert client.get(address_of(opportunity)).json()["is_watched"] is True
    assert found(lead(), watched="true") == set()
    client.delete(address_of(opportunity, "/watch"))
    assert found(me, watched="true") == set()
    assert client.get(address_of(opportunity)).json()["is_watched"] is False


@pytest.mark.parametrize("method", ["put", "delete"])
def test_nobody_watches_what_they_cannot_see(method, settings):
    settings.RESTRICT_VISIBILITY = True
    theirs = OpportunityFactory(practice="Data")
    assert getattr(client_of(sa()), method)(address_of(theirs, "/watch")).status_code == 404


def test_watchers_are_told_of_a_decision_while_they_may_see_it(settings):
    settings.RESTRICT_VISIBILITY = True
    opportunity = deal(WorkflowStatus.IN_REVIEW)
    watching = [
        sa(email="here@example.com"),
        UserFactory(email="gone@example.com", roles=[Role.SA], practices=["Data"]),
    ]
    for person in watching:
        Watch.objects.create(user=person, opportunity=opportunity)
    moved(opportunity, Action.APPROVE, bid_manager())
    assert told() == {"here@example.com"}
