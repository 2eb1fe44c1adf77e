"""Notices of version 0.14 go on as deliveries, and who wanted no mail gets none."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from bqs.tests.old_migrations import migrate_to, old_executor
from notifications.models import Preferences
from opportunities.tests.factories import UserFactory
from outbox.models import Delivery, DeliveryState
from sync.tests.reliability.depth import NIGHTLY

BEFORE = [("opportunities", "0029_change_feed"), ("notifications", "0004_reminders")]


@NIGHTLY
@pytest.mark.django_db(transaction=True)
def test_a_notice_that_waited_is_delivered_as_the_same_message_and_a_switch_stays_off():
    person = UserFactory(email="sa@example.com")
    migrate_to(*BEFORE)
    old = old_executor().loader.project_state(BEFORE).apps
    event = old.get_model("opportunities", "OpportunityEvent").objects.create(
        opportunity_id="300000001", action="ASSIGN", from_status="NEW", to_status="ASSIGNED"
    )
    waiting, sent = [
        old.get_model("opportunities", "Notice").objects.create(
            event=event,
            recipient_id=person.pk,
            address="sa@example.com",
            subject="Assigned to you: Cloud",
            state=state,
            tries=2,
            next_try_at=timezone.now(),
        )
        for state in ("WAITING", "SENT")
    ]
    profiles = old.get_model("opportunities", "Profile").objects
    profiles.update_or_create(user_id=person.pk, defaults={"wants_notices": False})
    call_command("migrate", verbosity=0)
    (delivery,) = Delivery.objects.filter(event__source=f"opportunity_event:{event.pk}")
    assert (delivery.pk, delivery.target, delivery.tries) == (waiting.key, "sa@example.com", 2)
    assert (delivery.state, delivery.event.expanded_at is None) == (DeliveryState.WAITING, False)
    assert not Delivery.objects.filter(pk=sent.key).exists()
    assert Preferences.objects.get(user=person).channels_off == ["digest", "mail"]
