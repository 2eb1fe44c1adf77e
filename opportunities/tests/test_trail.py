"""Nothing in the trail is ever changed."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from opportunities.models import Opportunity, OpportunityEvent
from opportunities.models.event import TrailIsAppendOnly
from opportunities.tests.workflow_scene import bid_manager, deal, moved, sa
from opportunities.workflow import Action

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    opportunity = deal()
    moved(opportunity, Action.CLAIM, sa())
    return opportunity.events.get()


def test_an_event_is_not_saved_again(event):
    event.reason = "Another one."
    with pytest.raises(TrailIsAppendOnly, match="Write another one instead"):
        event.save()


def test_an_event_is_not_deleted(event):
    with pytest.raises(TrailIsAppendOnly):
        event.delete()


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
    with pytest.raises(TrailIsAppendOnly):
        change(OpportunityEvent.objects.all())


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL has the trigger; see migration 0004"
)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE opportunity_events SET reason = 'x'", "DELETE FROM opportunity_events"],
)
def test_the_database_itself_refuses_a_change(event, statement):
    with (
        pytest.raises(DatabaseError, match="Events are never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert OpportunityEvent.objects.count() == 1


def test_who_is_in_the_trail_cannot_be_deleted(event):
    with pytest.raises(ProtectedError):
        event.actor.delete()


def test_the_trail_outlives_a_table_that_was_emptied_and_belongs_to_the_deal_again():
    opportunity = deal()
    moved(opportunity, Action.QUICK_NO_BID, bid_manager())
    Opportunity.objects.all().delete()
    again = deal(remote_id=opportunity.remote_id)
    assert again.pk != opportunity.pk
    assert again.events.get().action == Action.QUICK_NO_BID
