"""Delete the sync's own records once they are old."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from sync.models import Reconciliation, RejectedRecord, SyncLog, SyncStatus


def prune_sync_history() -> dict[str, int]:
    """Delete what is older than SYNC_HISTORY_DAYS; return how many rows of each kind went.

    Kept whatever their age: the last success and the last watermark (the next run goes on from
    it), the last run that read everything or looked for removals, the last certificate, rejected
    records that are not resolved, and every change of an opportunity, which only forgets the run
    that brought it.
    """
    before = timezone.now() - timedelta(days=settings.SYNC_HISTORY_DAYS)
    logs = SyncLog.objects.filter(started_at__lt=before).exclude(status=SyncStatus.RUNNING)
    resolved = RejectedRecord.objects.filter(resolved=True)
    certificates = Reconciliation.objects.filter(taken_at__lt=before)
    last_certificate = Reconciliation.objects.values("pk")[:1]
    old: dict[str, models.QuerySet[Any]] = {
        "sync logs": logs.exclude(pk__in=_needed_logs()),
        "resolved rejected records": resolved.filter(resolved_at__lt=before),
        "certificates": certificates.exclude(pk__in=last_certificate),
    }
    # Rows that refer to these are updated, not deleted, and so not counted.
    return {kind: rows.delete()[1].get(rows.model._meta.label, 0) for kind, rows in old.items()}


def _needed_logs() -> set[int]:
    logs = SyncLog.objects
    needed = (
        logs.last_success(),
        logs.last_complete(),
        logs.last_looked_for_removals(),
        logs.last_that_read_everything(),
    )
    return {log.pk for log in needed if log}
