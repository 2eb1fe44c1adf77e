"""Nothing in the trail is ever changed."""

import pytest
from django.contrib.auth.models import User
from django.db.models import ProtectedError

from audit.models import AuditIsAppendOnly
from opportunities.domain.states import Action
from opportunities.history.timeline import entry_of, timeline_of
from opportunities.models import Opportunity, OpportunityEvent
from opportunities.tests.api_clients import client_of
from opportunities.tests.workflow_scene import bid_manager, deal, moved, sa

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    opportunity = deal()
    moved(opportunity, Action.CLAIM, sa())
    return opportunity.events.get()


def test_an_event_is_not_saved_again(event):
    event.reason = "Another one."
    with pytest.raises(AuditIsAppendOnly, match="Add a new row instead"):
        event.save()


def test_an_event_is_not_deleted(event):
    with pytest.raises(AuditIsAppendOnly):
        event.delete()


def test_a_code_that_nobody_registered_any_more_is_told_as_it_is(event):
    event.reason_code, event.reason = "OLD_CODE", "Why not"
    assert entry_of(event).text == "OLD_CODE: Why not"


@pytest.mark.parametrize(
    "change",
    [
        lambda events: events.update(reason="x"),
        lambda events: events.delete(),
        lambda events: events.bulk_update(events, ["reason"]),
        lambda events: events.bulk_create(events, update_conflicts=True),
    ],
)
def test_events_are_not_changed_together_either(event, change):
    with pytest.raises(AuditIsAppendOnly):
        change(OpportunityEvent.objects.all())


def test_who_is_in_the_trail_cannot_be_deleted(event):
    with pytest.raises(ProtectedError):
        event.actor.delete()


def test_the_trail_outlives_a_table_that_was_emptied_and_belongs_to_the_deal_again():
    opportunity = deal()
    moved(opportunity, Action.ASSIGN, bid_manager())
    Opportunity.objects.all().delete()
    again = deal(remote_id=opportunity.remote_id)
    assert again.pk != opportunity.pk
    assert again.events.get().action == Action.ASSIGN


def test_people_stand_in_the_trail_by_id_and_are_shown_as_they_are_called_now():
    ada, opportunity = sa(first_name="Ada", last_name="Lovelace"), deal()
    moved(opportunity, Action.ASSIGN, bid_manager(), params={"assignee": ada})
    event = opportunity.events.get()
    assert event.changes["assigned_sa"] == [None, ada.pk]
    User.objects.filter(pk=ada.pk).update(first_name="Person", last_name="7f3a")
    (shown,) = (
        client_of(bid_manager())
        .get(f"/api/opportunities/{opportunity.pk}/events")
        .json()["results"]
    )
    assert shown["changes"]["assigned_sa"] == [None, "Person 7f3a"]
    assert ("SA", "–", "Person 7f3a") in timeline_of(opportunity).entries[0].changes
