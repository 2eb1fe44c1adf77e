"""What people write beside the actions: notes, dates, priorities, comments; and their trail."""

import pytest

from opportunities.access.roles import Role
from opportunities.domain.states import WorkflowStatus
from opportunities.models import Opportunity, OpportunityEvent
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.workflow_scene import deal, lead, sa

pytestmark = pytest.mark.django_db


def patch(client, opportunity, **sent):
    address = f"/api/opportunities/{opportunity.pk}"
    return client.patch(address, {"lock_version": opportunity.lock_version, **sent}, format="json")


def test_notes_and_bid_due_date_are_written_together():
    opportunity = deal(WorkflowStatus.ASSIGNED)
    answer = patch(
        client_of(opportunity.assigned_sa), opportunity, sa_notes="Weak", bid_due_on="2027-02-01"
    )
    assert answer.status_code == 200
    assert (answer.json()["sa_notes"], answer.json()["bid_due_on"]) == ("Weak", "2027-02-01")
    assert set(OpportunityEvent.objects.values_list("action", flat=True)) == {"NOTES", "BID_DUE"}


@pytest.mark.parametrize(
    "field",
    [*Opportunity.CRM_FIELDS, *Opportunity.TRANSITION_FIELDS, "id", "remote_id", "crm_outcome"],
)
def test_what_is_not_peoples_to_write_is_refused_by_name_and_not_dropped(field):
    if field == "lock_version":
        return
    opportunity = deal(WorkflowStatus.ASSIGNED)
    answer = patch(client_of(lead()), opportunity, sa_notes="New", **{field: "1"})
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["field"], error["code"]) == (field, "not_writable")
    opportunity.refresh_from_db()
    assert opportunity.sa_notes == ""


def test_a_priority_is_normal_until_it_is_written_and_the_trail_has_both():
    opportunity = deal(WorkflowStatus.ASSIGNED)
    client = client_of(opportunity.assigned_sa)
    assert patch(client, opportunity, priority="URGENT").status_code == 400
    assert patch(client, opportunity, priority="HIGH").json()["priority"] == "HIGH"
    (event,) = client.get(f"/api/opportunities/{opportunity.pk}/events").json()["results"]
    assert (event["label"], event["changes"]) == (
        "Priority changed",
        {"priority": ["NORMAL", "HIGH"]},
    )


def test_notes_on_an_older_version_are_told_what_stands_there_now():
    opportunity = deal(WorkflowStatus.ASSIGNED)
    patch(client_of(lead()), opportunity, sa_notes="First")
    answer = patch(client_of(opportunity.assigned_sa), opportunity, sa_notes="Second")
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")
    assert answer.json()["current"]["sa_notes"] == "First"


def test_a_save_needs_the_version_it_stands_on():
    answer = client_of(lead()).patch(
        f"/api/opportunities/{deal().pk}", {"sa_notes": "x"}, format="json"
    )
    assert [each["field"] for each in answer.json()["errors"]] == ["lock_version"]


def test_others_than_the_sa_and_the_desk_may_not_write_notes():
    opportunity = deal(WorkflowStatus.ASSIGNED)
    for person in (sa(), UserFactory(roles=[Role.VIEWER]), UserFactory(is_superuser=True)):
        assert patch(client_of(person), opportunity, sa_notes="x").status_code == 403
        assert patch(client_of(person), opportunity, priority="HIGH").status_code == 403


def test_a_comment_becomes_an_event_that_stays():
    opportunity, me = deal(), sa(first_name="Ada", last_name="L.")
    client = client_of(me)
    address = f"/api/opportunities/{opportunity.pk}"
    answer = client.post(f"{address}/comments", {"text": "They called."}, format="json")
    assert answer.status_code == 201
    (event,) = client.get(f"{address}/events").json()["results"]
    assert event == answer.json()
    assert (event["reason"], event["actor"]["name"]) == ("They called.", "Ada L.")
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(f"{address}/events").status_code == 405


def test_a_viewer_reads_and_does_not_comment():
    client = client_of(UserFactory(roles=[Role.VIEWER]))
    address = f"/api/opportunities/{deal().pk}/comments"
    assert client.post(address, {"text": "Hello"}, format="json").status_code == 403


def test_events_are_narrowed_by_what_was_done():
    opportunity, client = deal(), client_of(lead())
    address = f"/api/opportunities/{opportunity.pk}"
    client.post(f"{address}/comments", {"text": "One"}, format="json")
    patch(client, opportunity, sa_notes="Two")
    found = client.get(f"{address}/events", {"action": "NOTES"}).json()
    assert [event["changes"] for event in found["results"]] == [{"sa_notes": ["", "Two"]}]


@pytest.mark.parametrize("below", ["", "/events", "/changes"])
def test_what_is_out_of_sight_is_not_found(below, settings):
    settings.RESTRICT_VISIBILITY = True
    theirs = OpportunityFactory(practice="Data")
    answer = client_of(sa()).get(f"/api/opportunities/{theirs.pk}{below}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_changes_of_the_crm_can_be_paged_through():
    opportunity = OpportunityFactory()
    for number in range(3):
        opportunity.changes.create(field="stage", old=str(number), new=str(number + 1))
    address = f"/api/opportunities/{opportunity.pk}/changes"
    answer = any_user().get(address, {"page_size": 2, "field": "stage"}).json()
    assert answer["count"] == 3
    assert [change["old"] for change in answer["results"]] == ["2", "1"]
