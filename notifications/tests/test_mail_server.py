"""Notices on their way, with a real mail server."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from notifications.channels.mail import MINUTES
from notifications.models import Rule
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.tests.admin_clients import administrator, text_of
from opportunities.tests.mail_server import PUT_OFF, REFUSED, mail_server
from opportunities.tests.workflow_scene import deal, lead, moved, sa
from outbox.delivering import deliver_due
from outbox.expanding import expand_due
from outbox.models import Delivery, DeliveryState


def send_waiting():
    expand_due()
    return deliver_due()


pytestmark = pytest.mark.django_db
LIST = "/admin/outbox/delivery/"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _mails_alone():
    Rule.objects.update(channels=["mail"])


@pytest.fixture
def server(settings):
    with mail_server(settings) as server:
        yield server


def three_leads_are_told():
    """By one event: an SA declines."""
    for name in ("a", "b", "c"):
        lead(email=f"{name}@example.com")
    opportunity = deal(WorkflowStatus.ASSIGNED)
    moved(opportunity, Action.DECLINE, opportunity.assigned_sa)


def one_is_told():
    mate = sa(email="sa@example.com")
    moved(deal(), Action.ASSIGN, lead(), params={"assignee": mate})
    return mate


def states():
    return dict(Delivery.objects.values_list("target", "state"))


def test_an_address_that_is_refused_costs_the_others_nothing(server, caplog):
    server.answers["a@example.com"] = [REFUSED]
    three_leads_are_told()
    tally = send_waiting()
    assert (tally.delivered, tally.failed) == (2, 1)
    assert sorted(server.told) == ["b@example.com", "c@example.com"]
    refused = Delivery.objects.get(target="a@example.com")
    assert (refused.state, refused.tries) == (DeliveryState.WAITING, 1)
    assert refused.last_failure == REFUSED
    for word in ("a@example.com", "Declined and unassigned", REFUSED):
        assert word in caplog.text


def test_what_was_put_off_is_sent_later_as_the_same_message(server):
    server.answers["sa@example.com"] = [PUT_OFF, "250 OK"]
    with time_machine.travel(NOON, tick=False) as clock:
        one_is_told()
        assert (send_waiting().failed, send_waiting().failed) == (1, 0)
        clock.shift(timedelta(minutes=2))
        assert send_waiting().delivered == 1
    notice = Delivery.objects.get()
    assert (notice.state, notice.tries, notice.last_failure) == (DeliveryState.DELIVERED, 2, "")
    assert f"Message-ID: <notice-{notice.pk}@localhost>" in server.received[0][1]


def test_what_is_refused_for_half_a_day_is_given_up_until_somebody_says_send_again(server):
    server.answers["sa@example.com"] = [REFUSED]
    with time_machine.travel(NOON, tick=False) as clock:
        mate = one_is_told()
        for _ in range(len(MINUTES) + 1):
            assert send_waiting().failed == 1
            clock.shift(timedelta(hours=8))
        assert send_waiting().failed == 0
        notice = Delivery.objects.get()
        assert notice.state == DeliveryState.GIVEN_UP
        page = text_of(administrator().get(LIST))
        assert "Given up" in page
        assert REFUSED in page
        # The administrator mends the address first.
        mate.email = "right@example.com"
        mate.save()
        chosen = {"action": "try_again", "_selected_action": [notice.pk]}
        administrator().post(LIST, chosen)
        assert send_waiting().delivered == 1
    assert server.told == ["right@example.com"]


def test_a_server_that_dies_in_the_middle_is_left_alone_and_all_is_sent_later(server):
    server.dies_with = {"a@example.com", "b@example.com", "c@example.com"}
    with time_machine.travel(NOON, tick=False) as clock:
        three_leads_are_told()
        assert send_waiting().failed == 1
        assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 0, 1]
        server.dies_with = set()
        assert send_waiting().delivered == 2
        clock.shift(timedelta(minutes=2))
        assert send_waiting().delivered == 1
    assert set(states().values()) == {DeliveryState.DELIVERED}


def test_a_server_that_is_not_there_breaks_nothing(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    one_is_told()
    assert send_waiting().failed == 1
    assert "ConnectionRefusedError" in Delivery.objects.get().last_failure
