"""Opens, keeps and closes the SyncLog of a run. A dry run's is never stored."""

import os

from django.utils import timezone

from sync.decide import Verdict
from sync.models import SyncLog, SyncStatus
from sync.oracle.http import Traffic
from sync.order import Reading, SyncOrder
from sync.upsert import Outcome

COUNTERS = (*SyncLog.RECORD_COUNTS, *SyncLog.TRAFFIC_COUNTS)


def close_dead_runs() -> None:
    """For the holder of the lock: a RUNNING row can only be of a process that died."""
    for log in SyncLog.objects.filter(status=SyncStatus.RUNNING):
        close_log(
            log,
            SyncStatus.FAILED,
            f"The process of this run ({log.process_id or 'unknown'}) ended without finishing it. "
            "What it had written is kept; the next run reads the rest.",
        )


def open_log(order: SyncOrder, reading: Reading) -> SyncLog:
    log = SyncLog(
        sync_type=reading.sync_type,
        trigger=order.trigger,
        user_id=order.user_id,
        process_id=os.getpid(),
    )
    if not order.dry_run:
        log.save()
    return log


def count_page(log: SyncLog, outcome: Outcome) -> None:
    made = outcome.verdicts
    log.pages += 1
    log.new_records += made[Verdict.CREATE]
    log.updated_records += made[Verdict.UPDATE]
    log.unchanged_records += made[Verdict.TOUCH] + made[Verdict.KEEP]
    log.failed_records += len(outcome.refused)
    log.total_fetched += made.total() + len(outcome.refused)


def note_traffic(log: SyncLog, traffic: Traffic) -> None:
    log.requests, log.retries = traffic.requests, traffic.retries


def save_counters(log: SyncLog) -> None:
    if log.pk:
        counters = {name: getattr(log, name) for name in COUNTERS}
        SyncLog.objects.filter(pk=log.pk).update(**counters)


def forget_unsaved_counts(log: SyncLog) -> None:
    """Back to what was stored with the last page that was written."""
    if log.pk:
        log.refresh_from_db(fields=COUNTERS)


def close_log(log: SyncLog, status: SyncStatus, message: str = "") -> None:
    log.status = status
    log.error_message = message
    log.completed_at = timezone.now()
    log.duration_seconds = (log.completed_at - log.started_at).total_seconds()
    if log.pk:
        log.save()
