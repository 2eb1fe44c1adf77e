"""What is done to an opportunity is in the outbox, in the transaction that did it."""

import pytest

from opportunities.domain.states import Action, WorkflowStatus
from opportunities.history.outbox_events import NAMES
from opportunities.models import Channel, NonTransitionEvent, OpportunityEvent
from opportunities.tests.workflow_scene import deal, lead, moved, sa
from opportunities.workflow.services import opportunity_comment
from opportunities.workflow.undo import undo
from outbox.events import catalogue
from outbox.models import Event

pytestmark = pytest.mark.django_db


def names():
    return list(Event.objects.order_by("at").values_list("name", flat=True))


def test_every_event_of_the_trail_has_a_name_of_its_own_in_the_catalogue():
    assert NAMES.keys() == {*Action, *NonTransitionEvent}
    all_names = [name for name, _ in NAMES.values()]
    assert len({*all_names}) == len(all_names)
    assert {*all_names} <= catalogue.keys()


def test_an_action_is_told_with_what_it_changed():
    boss, mate, one = lead(), sa(), deal()
    moved(one, Action.ASSIGN, boss, params={"assignee": mate}, reason="Knows them.")
    event = Event.objects.get()
    in_trail = OpportunityEvent.objects.get()
    assert (event.name, event.deal, event.actor) == ("opportunity.assigned", one.remote_id, boss)
    assert (event.at, event.source) == (in_trail.at, f"opportunity_event:{in_trail.pk}")
    assert (event.body["from_status"], event.body["to_status"]) == ("NEW", "ASSIGNED")
    assert event.body["changes"]["assigned_sa"] == [None, mate.pk]
    assert event.body["reason"] == "Knows them."
    assert event.body.keys() == catalogue[event.name].body.keys()


def test_a_comment_is_told():
    boss, one = lead(), deal()
    opportunity_comment(opportunity=one, by=boss, text="Well.", channel=Channel.SCREEN)
    assert names() == ["comment.written"]


def test_what_is_undone_at_once_is_told_to_nobody():
    boss, mate, one = lead(), sa(), deal(WorkflowStatus.NEW)
    moved(one, Action.ASSIGN, boss, params={"assignee": mate})
    undo(one, by=boss, channel=Channel.SCREEN)
    assert names() == ["opportunity.undone"]
