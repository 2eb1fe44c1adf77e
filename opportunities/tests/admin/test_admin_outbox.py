"""The pages of events and deliveries: look, try again, send again, give up."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from audit.models import AuditEvent, AuditKind
from bqs.health.checks import operation_problems
from opportunities.access.roles import Role
from opportunities.tests.admin_clients import administrator, bid_manager, browser_of, text_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.workflow.bulk import MOST_ROWS
from outbox.channels import NotDelivered
from outbox.models import Delivery, DeliveryState, Event
from outbox.tests.channels import registered, to
from outbox.working import Worker
from outbox.writing import record, withdraw

pytestmark = pytest.mark.django_db
LIST = "/admin/outbox/delivery/"
REFUSED = "550 no such person"


@pytest.fixture
def paper():
    with registered(to("a@example.com")) as paper:
        yield paper


def given_up(paper):
    paper.failures["a@example.com"] = [NotDelivered(REFUSED, is_final=True)]
    record("test.happened")
    Worker().work_once()
    return Delivery.objects.get()


def chosen(action, delivery):
    return administrator().post(LIST, {"action": action, "_selected_action": [delivery.pk]})


def test_what_was_given_up_is_shown_with_its_reason_and_tried_again(paper):
    delivery = given_up(paper)
    page = text_of(administrator().get(LIST))
    assert "Given up" in page
    assert REFUSED in page
    chosen("try_again", delivery)
    Worker().work_once()
    assert paper.targets == ["a@example.com"]
    chosen("try_again", delivery)
    Worker().work_once()
    assert len(paper.delivered) == 1


def test_what_an_administrator_gives_up_is_tried_no_more_and_alarms_nobody(paper):
    paper.failures["a@example.com"] = [NotDelivered("later")]
    record("test.happened")
    Worker().work_once()
    delivery = Delivery.objects.get()
    chosen("give_up", delivery)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.failed_at) == (DeliveryState.GIVEN_UP, None)
    assert "deliveries_given_up" not in {each.cause for each in operation_problems()}


def test_what_was_delivered_is_sent_again_as_the_same_message_and_on_record(paper):
    record("test.happened", source="event:1")
    Worker().work_once()
    delivery = Delivery.objects.get()
    chosen("send_again", delivery)
    again = AuditEvent.objects.get(kind=AuditKind.MESSAGES_REPEATED)
    assert again.actor_id == User.objects.get(is_superuser=True).pk
    assert again.details == {"messages": [str(delivery.pk)]}
    withdraw("event:1")
    Worker().work_once()
    assert [each.pk for each in paper.delivered] == [delivery.pk] * 2


def test_one_click_repeats_no_month_of_messages(paper):
    record("test.happened")
    Worker().work_once()
    delivery = Delivery.objects.get()
    for n in range(MOST_ROWS):
        delivery.pk, delivery.target = uuid4(), f"{n}@example.com"
        delivery.save(force_insert=True)
    everything = {"action": "send_again", "_selected_action": [delivery.pk], "select_across": "1"}
    assert "at most 500" in text_of(administrator().post(LIST, everything, follow=True))
    assert {each.state for each in Delivery.objects.all()} == {DeliveryState.DELIVERED}


def test_what_never_arrived_is_not_sent_again(paper):
    delivery = given_up(paper)
    chosen("send_again", delivery)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.GIVEN_UP
    assert not AuditEvent.objects.filter(kind=AuditKind.MESSAGES_REPEATED).exists()


@pytest.mark.parametrize(
    ("action", "state"),
    [("try_again", DeliveryState.GIVEN_UP), ("send_again", DeliveryState.DELIVERED)],
)
def test_only_administrators_have_messages_sent(paper, action, state):
    delivery = given_up(paper)
    Delivery.objects.update(state=state)
    browser = bid_manager()
    assert browser.get(LIST).status_code == 200
    browser.post(LIST, {"action": action, "_selected_action": [delivery.pk]})
    delivery.refresh_from_db()
    assert delivery.state == state
    assert browser_of(UserFactory(is_staff=True)).get(LIST).status_code == 403


def test_who_sees_one_practice_sees_and_sends_nothing_of_another(paper, settings):
    settings.RESTRICT_VISIBILITY = True
    for practice in ("Cloud", "Rail"):
        deal = OpportunityFactory(practice=practice)
        record("test.happened", deal=deal.remote_id, body={"practice": practice})
    Worker().work_once()
    rights = ["view_delivery", "view_event", "change_delivery"]
    person = UserFactory(is_staff=True, roles=[Role.SA], practices=["Cloud"], permissions=rights)
    browser = browser_of(person)
    hidden = Event.objects.get(body__practice="Rail")
    for address, rows in ((LIST, Delivery.objects), ("/admin/outbox/event/", Event.objects)):
        assert browser.get(address).context["cl"].result_count == 1
        page = rows.filter(**{"event" if rows is Delivery.objects else "pk": hidden.pk}).get()
        assert browser.get(f"{address}{page.pk}/change/").status_code == 302
    keys = [each.pk for each in Delivery.objects.all()]
    browser.post(LIST, {"action": "send_again", "_selected_action": keys})
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    assert waiting.get().event != hidden


def test_events_are_looked_at_and_never_changed(paper):
    record("test.happened", body={"value": 7})
    event = Event.objects.get()
    address = f"/admin/outbox/event/{event.pk}/"
    assert "7" in text_of(administrator().get(f"{address}change/"))
    assert administrator().post(f"{address}delete/", {"post": "yes"}).status_code == 403
