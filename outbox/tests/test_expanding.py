"""From events to deliveries: all of an event's, once."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection, transaction

from outbox import expanding
from outbox.expanding import PAUSE, expand_due
from outbox.models import Delivery, Event
from outbox.tests.channels import registered, to
from outbox.tests.elsewhere import in_another_connection
from outbox.writing import record, record_all

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def fails_for(deal, expand):
    def expander(events):
        for event in events:
            if event.deal == deal:
                raise ZeroDivisionError
        return expand(events)

    return expander


@pytest.mark.django_db
def test_each_expander_makes_its_deliveries_of_each_event_once():
    with registered(to("a"), to("b", "c")):
        record("test.happened", deal="1")
        record("test.happened", deal="2")
        assert expand_due() == 2
        assert expand_due() == 0
    targets = Delivery.objects.values_list("event__deal", "target").order_by(
        "event__deal", "target"
    )
    assert list(targets) == [(deal, target) for deal in "12" for target in "abc"]
    assert not Event.objects.filter(expanded_at=None).exists()


@pytest.mark.django_db
def test_a_message_that_is_to_wait_is_due_at_its_first_try():
    def tomorrow(events):
        for delivery in to("a")(events):
            delivery.next_try_at = NOON
            yield delivery

    with registered(tomorrow):
        record("test.happened")
        expand_due()
    assert Delivery.objects.get().due_at == NOON


@pytest.mark.django_db
def test_two_expanders_that_want_the_same_delivery_make_one():
    with registered(to("a"), to("a")):
        record("test.happened")
        expand_due()
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_many_events_cost_as_many_statements_as_one(django_assert_max_num_queries):
    with registered(to("a")):
        record_all(Event(name="test.happened") for _ in range(60))
        with django_assert_max_num_queries(9):
            expand_due()
    assert Delivery.objects.count() == 60


@pytest.mark.django_db
def test_an_event_that_cannot_be_expanded_keeps_no_other_and_is_tried_again(caplog):
    broken = fails_for("2", to("a"))
    with time_machine.travel(NOON, tick=False) as clock:
        with registered(broken):
            for deal in "123":
                record("test.happened", deal=deal)
            expand_due()
        done = Delivery.objects.values_list("event__deal", flat=True)
        assert sorted(done) == ["1", "3"]
        assert "ZeroDivisionError" in caplog.text
        assert "could not be expanded: 3 at once" in caplog.text
        assert f"could not be expanded: {Event.objects.get(deal='2').pk}" in caplog.text
        with registered(to("a")):
            assert expand_due() == 0
            clock.shift(PAUSE)
            assert expand_due() == 1
    assert sorted(done.all()) == ["1", "2", "3"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_workers_never_expand_the_same():
    with registered(to("a")):
        record("test.happened")
        with transaction.atomic():
            expanding._expand_some()
            assert in_another_connection(expand_due) == 0
        assert expand_due() == 0
    assert Delivery.objects.count() == 1
