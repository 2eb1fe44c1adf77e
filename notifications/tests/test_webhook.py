"""Signed webhooks, with a real receiver."""

import json
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings as project
from django.db import connection

from notifications.channels import webhook
from notifications.channels.guard import is_public
from notifications.models import Channel, Endpoint
from notifications.tests.receiver import receiver
from outbox.delivering import deliver_due
from outbox.models import Delivery, DeliveryState, Event

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def server(settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with receiver() as server:
        yield server


def an_endpoint(address, **more):
    return Endpoint.objects.create(
        **{"name": "Warehouse", "kind": "webhook", "address": address, "secret": "one", **more}
    )


def a_delivery(endpoint):
    event = Event.objects.create(name="opportunity.assigned", deal="300", body={"state": "NEW"})
    return Delivery.objects.create(
        event=event, channel=Channel.WEBHOOK, target=str(endpoint.pk), subject="Assigned"
    )


def is_accepted(headers, body, secret):
    """As docs/notifications.md shows it to those who write a receiver."""
    page = (project.BASE_DIR / "docs/notifications.md").read_text()
    names = {}
    exec(re.search(r"```python\n(.*?)```", page, re.DOTALL)[1], names)  # noqa: S102 - our own page
    return names["is_from_bqs"](headers["X-BQS-Signature"], body, secret)


def test_a_receiver_written_as_the_docs_show_knows_who_posts(server):
    delivery = a_delivery(an_endpoint(server.address))
    assert deliver_due().delivered == 1
    ((headers, body),) = server.received
    assert is_accepted(headers, body, "one")
    assert not is_accepted(headers, body, "two")
    assert not is_accepted(headers, body + b" ", "one")
    assert headers["X-BQS-Delivery"] == str(delivery.pk)
    sent = json.loads(body)
    assert (sent["id"], sent["deal"]) == (str(delivery.event_id), "300")
    assert (sent["event"], sent["body"]) == ("opportunity.assigned", {"state": "NEW"})


def test_while_a_secret_is_rotated_both_open_and_later_only_the_new_one(server):
    endpoint = an_endpoint(server.address)
    new = endpoint.renew_secret()
    a_delivery(endpoint)
    deliver_due()
    endpoint.finish_rotation()
    a_delivery(endpoint)
    deliver_due()
    during, after = server.received
    assert is_accepted(*during, "one")
    assert is_accepted(*during, new)
    assert is_accepted(*after, new)
    assert not is_accepted(*after, "one")


def test_an_old_request_is_not_accepted_again(server):
    a_delivery(an_endpoint(server.address))
    deliver_due()
    with time_machine.travel(time.time() + 600):
        assert not is_accepted(*server.received[0], "one")


def test_what_fails_is_posted_again_under_the_same_id_and_the_answer_is_kept(server):
    server.answers = [(500, b"Out of\0 order " + 600 * b"x"), (200, b"")]
    delivery = a_delivery(an_endpoint(server.address))
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        assert deliver_due().failed == 1
        delivery.refresh_from_db()
        assert delivery.last_failure.startswith("500 Out of order x")
        assert len(delivery.last_failure) < 510
        clock.shift(timedelta(minutes=1))
        assert deliver_due().delivered == 1
    ids = {headers["X-BQS-Delivery"] for headers, _ in server.received}
    assert ids == {str(delivery.pk)}


def test_it_is_tried_for_a_day_and_then_given_up(server):
    server.answers = [(503, b"")]
    delivery = a_delivery(an_endpoint(server.address))
    with time_machine.travel(NOON, tick=False) as clock:
        Delivery.objects.update(next_try_at=NOON)
        for pause in (timedelta(), *webhook.Webhook.pauses):
            clock.shift(pause)
            assert deliver_due().failed == 1
        assert datetime.now(UTC) - NOON == timedelta(days=1)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.GIVEN_UP


def test_a_redirect_is_not_followed(server):
    server.answers, server.location = [(302, b"")], server.address
    delivery = a_delivery(an_endpoint(server.address))
    assert deliver_due().failed == 1
    delivery.refresh_from_db()
    assert (len(server.received), delivery.last_failure) == (1, "302")


def test_who_is_gone_is_left_alone(server):
    server.answers = [(410, b"Moved out")]
    endpoint = an_endpoint(server.address)
    delivery = a_delivery(endpoint)
    deliver_due()
    for row in (delivery, endpoint):
        row.refresh_from_db()
    assert (delivery.state, endpoint.is_active) == (DeliveryState.GIVEN_UP, False)
    assert delivery.last_failure.startswith("410 Moved out")
    later = a_delivery(endpoint)
    deliver_due()
    later.refresh_from_db()
    assert (later.state, len(server.received)) == (DeliveryState.GIVEN_UP, 1)


def test_one_that_hangs_is_left_after_a_time(server, monkeypatch):
    monkeypatch.setattr(webhook, "TIMEOUT_S", 0.2)
    server.hangs = True
    delivery = a_delivery(an_endpoint(server.address))
    assert deliver_due().failed == 1
    delivery.refresh_from_db()
    assert "No answer within" in delivery.last_failure


def test_one_that_goes_on_piece_by_piece_is_left_after_the_same_time(server, monkeypatch):
    monkeypatch.setattr(webhook, "TIMEOUT_S", 0.5)
    server.trickles = True
    delivery = a_delivery(an_endpoint(server.address))
    assert deliver_due().failed == 1
    delivery.refresh_from_db()
    assert delivery.last_failure == "No answer within 0.5 seconds."


def test_nothing_goes_out_unsigned(server):
    delivery = a_delivery(an_endpoint(server.address, secret=""))
    assert deliver_due().failed == 1
    delivery.refresh_from_db()
    assert (server.received, delivery.state) == ([], DeliveryState.GIVEN_UP)
    assert "no secret to sign with" in delivery.last_failure


def test_nothing_inside_the_network_is_posted_to_unless_the_site_allows_it(server, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = False
    by_number = an_endpoint(server.address)
    by_name = an_endpoint(server.address.replace("127.0.0.1", "localhost"), name="By name")
    deliveries = [a_delivery(by_number), a_delivery(by_name)]
    assert deliver_due().failed == 2
    assert server.received == []
    for delivery in deliveries:
        delivery.refresh_from_db()
        assert "no public address" in delivery.last_failure
        assert "its-token" not in delivery.last_failure


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "fe80::1", "fd00::1", "::"),  # noqa: S104
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "intranet"),
    ],
)
def test_an_address_that_leads_inside_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_an_address_on_the_internet_is_public(address):
    assert is_public(address)


def test_a_copy_of_the_database_has_no_secret_and_no_address(server):
    endpoint = an_endpoint(server.address)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, secret FROM endpoints")
        ((address, secret),) = cursor.fetchall()
    assert "its-token" not in address
    assert secret != "one"
    endpoint.refresh_from_db()
    assert (endpoint.address, endpoint.secret) == (server.address, "one")
    assert "its-token" not in endpoint.shown_address
