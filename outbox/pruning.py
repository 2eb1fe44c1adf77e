"""Forget what was told long ago."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from outbox.models import Delivery, DeliveryState, Event


def prune() -> None:
    """Delete what is older than SYNC_HISTORY_DAYS, but nothing that waits."""
    limit = timezone.now() - timedelta(days=settings.SYNC_HISTORY_DAYS)
    Delivery.objects.filter(created_at__lt=limit).exclude(state=DeliveryState.WAITING).delete()
    told = Event.objects.filter(at__lt=limit, expanded_at__lt=limit)
    told.exclude(deliveries__state=DeliveryState.WAITING).delete()
