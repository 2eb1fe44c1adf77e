"""Events on record: once each, and taken back when they are undone."""

import pytest
from django.db import transaction

from outbox.channels import NotDelivered
from outbox.delivering import deliver_due
from outbox.events import UnknownEvent
from outbox.expanding import expand_due
from outbox.models import Delivery, Event
from outbox.tests.channels import registered, to
from outbox.writing import record, record_all, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper():
    with registered(to("a", "b")) as paper:
        yield paper


def test_an_event_costs_one_statement_and_many_as_well(django_assert_num_queries):
    with django_assert_num_queries(1):
        record("test.happened", deal="300", body={"value": 1})
    with django_assert_num_queries(1):
        record_all(Event(name="test.happened", deal=str(number)) for number in range(20))
    assert Event.objects.count() == 21


def test_a_name_that_no_catalogue_has_is_refused():
    with pytest.raises(UnknownEvent):
        record("test.unheard_of")


def test_the_same_source_is_recorded_once():
    record("test.happened", source="clock:1")
    record("test.happened", source="clock:1")
    record("test.happened")
    record("test.happened")
    assert Event.objects.count() == 3


def test_what_is_rolled_back_was_never_recorded():
    with transaction.atomic():
        record("test.happened")
        transaction.set_rollback(True)
    assert not Event.objects.exists()


@pytest.mark.parametrize("expands", [False, True])
def test_an_event_withdrawn_before_anybody_was_told_leaves_nothing(paper, expands):
    record("test.happened", source="event:1")
    if expands:
        expand_due()
    withdraw("event:1")
    expand_due()
    assert deliver_due().delivered == 0
    assert not Event.objects.exists()


def test_what_was_given_up_is_not_told_once_its_event_is_withdrawn(paper):
    for target in "ab":
        paper.failures[target] = [NotDelivered("410 gone", is_final=True)]
    record("test.happened", source="event:1")
    expand_due()
    deliver_due()
    withdraw("event:1")
    assert not Event.objects.exists()


def test_an_event_withdrawn_after_some_were_told_tells_nobody_else(paper):
    paper.failures["b"] = [NotDelivered("away")]
    record("test.happened", source="event:1")
    expand_due()
    deliver_due()
    withdraw("event:1")
    assert list(Delivery.objects.values_list("target", flat=True)) == ["a"]
    assert Event.objects.count() == 1
