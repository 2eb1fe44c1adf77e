"""Chats and services, by Apprise, with a real receiver."""

import json

import pytest

from notifications.channels import chat, guard
from notifications.models import Channel, Endpoint
from notifications.tests.receiver import receiver
from opportunities.tests.workflow_scene import deal
from outbox.delivering import deliver_due
from outbox.models import Delivery, Event

pytestmark = pytest.mark.django_db
WAREHOUSE = "json://127.0.0.1:{}/its-token"


@pytest.fixture
def server():
    with receiver() as server:
        yield server


def told(server, opportunity, options="", address=WAREHOUSE):
    address = address.format(server.port) + options
    endpoint = Endpoint.objects.create(name=opportunity.name, kind="apprise", address=address)
    event = Event.objects.create(name="opportunity.assigned", deal=opportunity.remote_id)
    delivery = Delivery.objects.create(
        event=event, channel=Channel.APPRISE, target=str(endpoint.pk), subject="Assigned: X"
    )
    tally = deliver_due()
    delivery.refresh_from_db()
    return tally, delivery.last_failure


def test_a_chat_is_told_what_and_where(server, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    opportunity = deal()
    tally, _ = told(server, opportunity)
    assert tally.delivered == 1
    ((_, body),) = server.received
    sent = json.loads(body)
    assert sent["title"] == "Assigned: X"
    assert f"/opportunities/{opportunity.pk}" in sent["message"]


def test_what_apprise_says_of_a_failure_is_kept_without_the_address(server, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    server.answers = [(500, b"")]
    tally, failure = told(server, deal())
    assert (tally.failed, "error=500" in failure) == (1, True)
    assert "its-token" not in failure


def test_a_service_inside_the_network_is_refused_as_a_webhook_is(server):
    tally, failure = told(server, deal())
    assert (tally.failed, server.received) == (1, [])
    assert "no public address" in failure
    assert "its-token" not in failure


def test_no_redirect_is_followed_even_if_the_address_asks_for_it(server, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    server.answers, server.location = [(307, b""), (200, b"")], server.address
    tally, _ = told(server, deal(), "?redirect=yes")
    assert (tally.failed, len(server.received)) == (1, 1)


def test_no_proxy_carries_it_unless_the_site_allows_it(server, settings, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
    monkeypatch.setattr(guard, "is_public", lambda host: True)
    inside = "json://intranet.example/its-token"
    tally, failure = told(server, deal(), address=inside)
    assert (tally.failed, server.received) == (1, [])
    assert failure == guard.BY_PROXY
    settings.WEBHOOK_ALLOW_PRIVATE = True
    tally, _ = told(server, deal(), address=inside)
    assert tally.delivered == 1


def test_a_service_that_goes_on_piece_by_piece_is_left_after_a_time(server, settings, monkeypatch):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    monkeypatch.setattr(chat, "TIMEOUT_S", 0.5)
    server.trickles = True
    tally, failure = told(server, deal())
    assert (tally.failed, failure) == (1, "No answer within 0.5 seconds.")


def test_what_is_shown_of_an_address_has_no_token():
    shown = Endpoint(kind="apprise", address=WAREHOUSE.format(80)).shown_address
    assert "127.0.0.1" in shown
    assert "its-token" not in shown
    slack = "slack://TokenAAAA/TokenBBBB/TokenCCCCCCCCCCCC"
    assert "Token" not in Endpoint(kind="apprise", address=slack).shown_address
