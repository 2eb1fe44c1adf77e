"""What an upgrade writes into deliveries that were there before."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from outbox.models import Delivery, DeliveryState, Event

FILL = "outbox.migrations.0004_fill_when_deliveries_were_due"
HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_what_waits_for_its_first_try_is_due_then_and_what_failed_was_due_when_made():
    made, then = timezone.now() - HOUR, timezone.now() + HOUR
    event = Event.objects.create(name="test.happened")
    for target, state, tries in (("quiet", "WAITING", 0), ("failing", "WAITING", 1)):
        Delivery.objects.create(event=event, target=target, state=state, tries=tries)
    Delivery.objects.create(event=event, target="gone", state=DeliveryState.GIVEN_UP, tries=6)
    Delivery.objects.update(created_at=made, next_try_at=then)
    import_module(FILL).fill(apps, None)
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    assert {*waiting.values_list("target", "due_at")} == {("quiet", then), ("failing", made)}
    assert Delivery.objects.get(target="gone").failed_at == then
