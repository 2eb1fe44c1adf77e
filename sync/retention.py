"""How long the sync's own records are kept."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from sync.models import Reconciliation, RejectedRecord, SyncLog, SyncStatus


@dataclass(frozen=True)
class Pruned:
    sync_logs: int
    rejected_records: int
    reconciliations: int


def prune_sync_history() -> Pruned:
    """Delete what is older than SYNC_HISTORY_DAYS.

    Kept whatever their age: the last success and the last watermark (the next run goes on from
    it), the last run that looked for removals, the last certificate, rejected records that are
    not resolved, and every change of an opportunity, which only forgets the run that brought it.
    """
    before = timezone.now() - timedelta(days=settings.SYNC_HISTORY_DAYS)
    logs = SyncLog.objects.filter(started_at__lt=before).exclude(status=SyncStatus.RUNNING)
    rejected = RejectedRecord.objects.filter(resolved=True, resolved_at__lt=before)
    certificates = Reconciliation.objects.filter(taken_at__lt=before)
    return Pruned(
        sync_logs=_delete(logs.exclude(pk__in=_needed_logs())),
        rejected_records=_delete(rejected),
        reconciliations=_delete(certificates.exclude(pk__in=_key(Reconciliation.objects.first()))),
    )


def _needed_logs() -> set[int]:
    last_watermark = SyncLog.objects.exclude(watermark=None).first()
    last_success, looked = (
        SyncLog.objects.last_success(),
        SyncLog.objects.last_looked_for_removals(),
    )
    return _key(last_success) | _key(last_watermark) | _key(looked)


def _key(row: models.Model | None) -> set[int]:
    return {row.pk} if row else set()


def _delete(rows: models.QuerySet[Any]) -> int:
    """How many of these rows went; the rows they are referred to by only forget them."""
    _, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)
