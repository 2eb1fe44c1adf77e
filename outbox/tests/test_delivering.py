"""Deliveries on their way: claimed by one worker, tried again, given up."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction

from outbox import delivering
from outbox.channels import NotDelivered
from outbox.delivering import deliver_due
from outbox.expanding import expand_due
from outbox.models import Delivery, DeliveryState
from outbox.tests.channels import registered, to
from outbox.tests.elsewhere import in_another_connection
from outbox.writing import record

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
AWAY = "421 try later"


@pytest.fixture
def paper():
    with registered(to("a", "b", "c")) as paper:
        yield paper


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def happened():
    record("test.happened")
    expand_due()


@pytest.mark.django_db
def test_one_that_is_refused_costs_the_others_nothing(paper, caplog):
    paper.failures["a"] = [NotDelivered("550 no such person")]
    happened()
    tally = deliver_due()
    assert (tally.delivered, tally.failed) == (2, 1)
    assert paper.targets == ["b", "c"]
    refused = Delivery.objects.get(target="a")
    assert (refused.state, refused.tries) == (DeliveryState.WAITING, 1)
    assert refused.last_failure == "550 no such person"
    assert "550 no such person" in caplog.text


@pytest.mark.django_db
def test_what_was_put_off_comes_later_with_the_same_id(paper, clock):
    paper.failures["a"] = [NotDelivered(AWAY)]
    happened()
    deliver_due()
    assert deliver_due().failed == 0
    clock.shift(timedelta(minutes=2))
    assert deliver_due().delivered == 1
    delivery = Delivery.objects.get(target="a")
    assert (delivery.state, delivery.tries, delivery.last_failure) == ("DELIVERED", 2, "")
    assert delivery.delivered_at == NOON + timedelta(minutes=2)
    assert paper.delivered[-1].pk == delivery.pk


@pytest.mark.django_db
def test_what_fails_after_every_pause_is_given_up(paper, clock):
    paper.failures["a"] = [NotDelivered(AWAY)] * 4
    happened()
    for _ in range(4):
        deliver_due()
        clock.shift(timedelta(hours=1))
    delivery = Delivery.objects.get(target="a")
    assert (delivery.state, delivery.tries) == (DeliveryState.GIVEN_UP, 3)


@pytest.mark.django_db
def test_a_final_answer_is_not_asked_for_again(paper):
    paper.failures["a"] = [NotDelivered("410 gone", is_final=True)]
    happened()
    deliver_due()
    assert Delivery.objects.get(target="a").state == DeliveryState.GIVEN_UP


@pytest.mark.django_db
def test_a_server_that_is_away_is_left_alone_until_the_next_time(paper):
    for target in "abc":
        paper.failures[target] = [NotDelivered(AWAY, of_server=True)]
    happened()
    assert deliver_due().failed == 1
    assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 0, 1]


@pytest.mark.django_db
def test_a_channel_with_a_fault_of_its_own_is_logged_and_tried_again(paper, caplog):
    paper.failures["a"] = [KeyError("a\0b")]
    happened()
    assert deliver_due().delivered == 2
    assert Delivery.objects.get(target="a").last_failure == "KeyError: 'a\\x00b'"
    assert "Traceback" in caplog.text


@pytest.mark.django_db
def test_a_failure_that_names_a_null_byte_can_be_stored(paper):
    paper.failures["a"] = [NotDelivered("500 a\0b" + "c" * 2000)]
    happened()
    deliver_due()
    assert Delivery.objects.get(target="a").last_failure == "500 ab" + "c" * 994


@pytest.mark.django_db
def test_a_channel_that_nobody_registered_waits(paper):
    happened()
    Delivery.objects.filter(target="a").update(channel="pigeon")
    assert deliver_due().delivered == 2
    assert Delivery.objects.get(target="a").state == DeliveryState.WAITING


@pytest.mark.django_db
def test_nothing_to_do_costs_one_query(paper, django_assert_num_queries):
    with django_assert_num_queries(1):
        deliver_due()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_workers_never_deliver_the_same(paper):
    happened()
    with transaction.atomic():
        delivering._claim({"paper"})
        in_another_connection(deliver_due)
        assert len(paper.delivered) == 2
