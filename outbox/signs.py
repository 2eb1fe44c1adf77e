"""Let every server know which workers run, on whatever host."""

import os
import socket
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from outbox.models import Delivery, DeliveryState, Event, WorkerSign

FRESH = timedelta(seconds=90)
"""Longer than the minute between the batches of cron."""
KEPT = timedelta(hours=1)


def leave_sign() -> None:
    now = timezone.now()
    host = socket.gethostname()
    WorkerSign.objects.update_or_create(host=host, pid=os.getpid(), defaults={"at": now})
    WorkerSign.objects.filter(at__lt=now - KEPT).delete()


def running_workers() -> QuerySet[WorkerSign]:
    return WorkerSign.objects.filter(at__gte=timezone.now() - FRESH)


def is_worker_running() -> bool:
    return running_workers().exists()


def waits_for_a_worker() -> bool:
    """Tell whether something is due that a running worker would have taken by now."""
    was_due = Q(next_try_at__lt=timezone.now() - FRESH)
    events = Event.objects.filter(was_due, expanded_at=None)
    deliveries = Delivery.objects.filter(was_due, state=DeliveryState.WAITING)
    return not is_worker_running() and (events.exists() or deliveries.exists())
