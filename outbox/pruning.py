"""Forget what was told or done long ago."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outbox.models import Delivery, DeliveryState, Event

# Reminders look back for days, and know by its source what they have told.
LEAST_DAYS = 7


def prune() -> None:
    """Delete what is older than SYNC_HISTORY_DAYS, but nothing that waits."""
    days = max(settings.SYNC_HISTORY_DAYS, LEAST_DAYS)
    limit = timezone.now() - timedelta(days=days)
    Delivery.objects.filter(created_at__lt=limit).exclude(state=DeliveryState.WAITING).delete()
    told = Event.objects.filter(at__lt=limit, expanded_at__lt=limit)
    told.exclude(deliveries__state=DeliveryState.WAITING).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=limit).delete()
