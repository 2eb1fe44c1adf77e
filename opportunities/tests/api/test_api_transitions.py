"""Every action of the table over HTTP, and what refuses it."""

import pytest

from opportunities.access.roles import Role
from opportunities.api.transition_bodies import slug
from opportunities.domain.states import TRANSITIONS, Action, WorkflowStatus
from opportunities.models import Opportunity, OpportunityEvent
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.workflow_scene import bid_manager, deal, lead, sa, state_of
from opportunities.workflow.state import status_after

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]
PEOPLES = [row for row in TRANSITIONS if not row.is_system]


def act(client, opportunity, action, **payload):
    version = Opportunity.objects.get(pk=opportunity.pk).lock_version
    body = {"lock_version": version, **payload}
    address = f"/api/opportunities/{opportunity.pk}/actions/{slug(action)}"
    return client.post(address, body, format="json")


def words(transition):
    owner = {"text": "Price", "owner": str(sa().pk), "due_on": "2099-01-04"}
    everything = {
        "reason": "Because.",
        "reason_code": "OTHER",
        "assignee": str(sa().pk),
        "review_on": "2099-01-04",
        "conditions": [owner],
    }
    asked = {*transition.required_inputs, *transition.optional_inputs}
    return {name: value for name, value in everything.items() if name in asked}


@pytest.mark.parametrize("transition", PEOPLES)
def test_an_action_in_the_wrong_state_is_refused_by_name_for_every_role(transition):
    people = [sa(), lead(), bid_manager(), UserFactory(is_superuser=True)]
    payload = words(transition)
    for status in set(WorkflowStatus) - set(transition.sources):
        opportunity = deal(status)
        for person in people:
            answer = act(client_of(person), opportunity, transition.action, **payload)
            assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
            assert answer.json()["guard"] == "state"
        assert state_of(opportunity) == status


@pytest.mark.parametrize("transition", PEOPLES)
def test_who_has_no_right_to_an_action_gets_403_by_its_address(transition):
    opportunity = deal(transition.sources[0])
    # Administrators hold what they hand out, and are refused by the workflow.
    refused = {"no_right": [Role.SALES_OWNER, Role.VIEWER], "forbidden": [Role.ADMINISTRATOR]}
    for code, roles in refused.items():
        for role in roles:
            client = client_of(UserFactory(roles=[role]))
            answer = act(client, opportunity, transition.action, **words(transition))
            assert (answer.status_code, answer.json()["code"]) == (403, code)


@pytest.mark.parametrize("transition", PEOPLES)
def test_what_is_out_of_sight_is_not_found_by_any_action(transition, settings):
    settings.RESTRICT_VISIBILITY = True
    opportunity = deal(transition.sources[0])
    stranger = UserFactory(roles=[Role.LEAD, Role.SA], leads=["Data"])
    answer = act(client_of(stranger), opportunity, transition.action, **words(transition))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("transition", PEOPLES)
def test_each_offer_names_the_state_its_action_leads_to(transition):
    opportunity = deal(transition.sources[0])
    offers = client_of(lead()).get(f"/api/opportunities/{opportunity.pk}").json()["allowed_actions"]
    target = {each["action"]: each["target"] for each in offers}[transition.action]
    assert target == status_after(opportunity, transition)


def test_a_transition_answers_with_the_opportunity_as_it_is_now_and_writes_one_event():
    opportunity, assignee = deal(), sa(first_name="Ada")
    answer = act(client_of(lead()), opportunity, Action.ASSIGN, assignee=str(assignee.pk))
    assert answer.status_code == 200
    assert answer.json()["workflow_status"] == "ASSIGNED"
    assert answer.json()["assigned_sa"]["id"] == str(assignee.pk)
    assert answer.json()["lock_version"] == 1
    event = OpportunityEvent.objects.get()
    assert (event.action, event.channel) == ("ASSIGN", "API")


def test_acting_on_an_older_version_is_told_how_it_is_now():
    opportunity, client = deal(), client_of(lead())
    act(client, opportunity, Action.ASSIGN, assignee=str(sa().pk))
    answer = act(client, opportunity, Action.UNASSIGN, reason="Wrong one.", lock_version=0)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "stale_version")
    assert problem["current"]["lock_version"] == 1
    assert problem["current"]["workflow_status"] == "ASSIGNED"


def test_the_same_request_twice_does_it_once():
    opportunity, client = deal(), client_of(lead())
    payload = {"assignee": str(sa().pk), "lock_version": 0}
    answers = [act(client, opportunity, Action.ASSIGN, **payload) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert OpportunityEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("payload", "field", "code"),
    [
        ({}, "reason", "required"),
        ({"reason": "  ", "review_on": "2099-01-01"}, "reason", "blank"),
        ({"reason": "x", "review_on": "soon"}, "review_on", "invalid"),
        ({"reason": 7, "review_on": "2099-01-01"}, "reason", "invalid"),
        (
            {"reason": "a\0b", "review_on": "2099-01-01"},
            "reason",
            "null_characters_not_allowed",
        ),
        (
            {"reason": "x", "review_on": "2099-01-01", "workflow_status": "NEW"},
            "workflow_status",
            "not_writable",
        ),
        ({"reason": "x", "review_on": "2099-01-01", "lock_version": -1}, "lock_version", None),
        ({"reason": "x", "review_on": "2099-01-01", "lock_version": "1"}, "lock_version", None),
    ],
)
def test_a_body_that_cannot_be_used_names_the_field(payload, field, code):
    answer = act(client_of(lead()), deal(), Action.HOLD, **payload)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    errors = {each["field"]: each["code"] for each in answer.json()["errors"]}
    assert field in errors
    assert code in (errors[field], None)


def test_a_fault_inside_a_list_is_named_with_its_place():
    condition = {"text": "Price", "owner": "1", "due_on": "soon"}
    client, opportunity = client_of(bid_manager()), deal(WorkflowStatus.IN_REVIEW)
    answer = act(client, opportunity, Action.APPROVE_WITH_CONDITIONS, conditions=[condition])
    assert [each["field"] for each in answer.json()["errors"]] == ["conditions.0.due_on"]


@pytest.mark.parametrize("action", ["set-status", "close-from-crm", "reopen-from-crm"])
def test_there_is_no_way_to_set_a_status_by_hand(action):
    address = f"/api/opportunities/{deal().pk}/actions/{action}"
    assert client_of(bid_manager()).post(address, {}, format="json").status_code == 404


def test_the_offers_of_a_detail_say_where_to_post_and_why_not():
    offers = client_of(sa()).get(f"/api/opportunities/{deal().pk}").json()["allowed_actions"]
    by_action = {offer["action"]: offer for offer in offers}
    assert by_action["CLAIM"] == {
        "action": "CLAIM",
        "label": "Claim",
        "path": "actions/claim",
        "target": "ASSIGNED",
        "is_allowed": True,
        "guard": "",
        "refusal": "",
        "asks": [],
        "may_ask": [],
    }
    assert (by_action["ASSIGN"]["is_allowed"], by_action["ASSIGN"]["guard"]) == (False, "right")
    assert by_action["ASSIGN"]["asks"] == ["assignee"]


@pytest.mark.parametrize("status", WorkflowStatus)
def test_what_is_offered_is_not_refused_for_state_or_right(status):
    for person in (sa(), lead(), bid_manager()):
        opportunity = deal(status)
        client = client_of(person)
        detail = client.get(f"/api/opportunities/{opportunity.pk}").json()
        for offer in detail["allowed_actions"]:
            transition = next(row for row in PEOPLES if row.action == offer["action"])
            opportunity = deal(status)
            answer = act(client, opportunity, transition.action, **words(transition))
            assert (answer.status_code == 200) == offer["is_allowed"], (offer, answer.content)


# --- many at once ---------------------------------------------------------------------------


def test_a_bulk_action_does_what_can_be_done_and_says_why_not_the_rest():
    good, taken = deal(), deal(WorkflowStatus.APPROVED)
    body = {"ids": [str(good.pk), str(taken.pk), "999999999"], "assignee": str(sa().pk)}
    answer = client_of(lead()).post("/api/opportunities/bulk/assign", body, format="json")
    assert answer.status_code == 200
    results = answer.json()
    assert [row["id"] for row in results] == body["ids"]
    assert [row["is_done"] for row in results] == [True, False, False]
    assert [row["guard"] for row in results] == ["", "state", "visible"]
    assert OpportunityEvent.objects.get().channel == "BULK"


def test_a_bulk_action_with_a_forbidden_row_does_the_others():
    mine, theirs = deal(), OpportunityFactory(practice="Data")
    body = {"ids": [str(theirs.pk), str(mine.pk)], "reason_code": "OTHER", "reason": "Too small."}
    results = (
        client_of(lead()).post("/api/opportunities/bulk/quick-no-bid", body, format="json").json()
    )
    assert [(row["is_done"], row["guard"]) for row in results] == [(False, "right"), (True, "")]
    assert (state_of(theirs), state_of(mine)) == ("NEW", "NO_BID")


@pytest.mark.parametrize("ids", [[], ["1"] * 501, ["x"], [1], "1", None])
def test_a_bulk_action_wants_one_to_five_hundred_ids(ids):
    body = {"ids": ids, "assignee": str(sa().pk)}
    answer = client_of(lead()).post("/api/opportunities/bulk/assign", body, format="json")
    assert answer.status_code == 400


def test_only_what_makes_sense_for_many_can_be_done_to_many():
    answer = any_user().post("/api/opportunities/bulk/approve", {"ids": ["1"]}, format="json")
    assert answer.status_code in (404, 405)
