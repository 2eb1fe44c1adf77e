"""Open, keep and close the SyncLog of a run. A dry run's is never stored."""

import os
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from outbox.writing import record
from sync import current_run
from sync.engine.messages import KEPT
from sync.engine.request import Reading, SyncRequest
from sync.ingest.decide import Verdict
from sync.ingest.upsert import Outcome
from sync.models import SyncLog, SyncStatus
from sync.oracle.transport.http import Traffic
from sync.signals import FINISHED

COUNTERS = (*SyncLog.RECORD_COUNTS, *SyncLog.TRAFFIC_COUNTS)


def close_dead_runs() -> None:
    """Close RUNNING rows; for the holder of the lock, they are of processes that died."""
    for log in SyncLog.objects.filter(status=SyncStatus.RUNNING):
        close_log(
            log,
            SyncStatus.FAILED,
            f"The process of this run ({log.process_id or 'unknown'}) ended without finishing it. "
            f"{KEPT}",
        )


def open_log(request: SyncRequest, reading: Reading) -> SyncLog:
    log = SyncLog(
        sync_type=reading.sync_type,
        trigger=request.trigger,
        user_id=request.user_id,
        process_id=os.getpid(),
    )
    if not request.dry_run:
        log.save()
        current_run.begin(log.pk)
    return log


def save_page(log: SyncLog, outcome: Outcome, traffic: Traffic) -> None:
    """Count a page, and store the counters."""
    verdicts = outcome.verdicts
    log.pages += 1
    log.new_records += verdicts[Verdict.CREATE]
    log.updated_records += verdicts[Verdict.UPDATE]
    log.unchanged_records += verdicts[Verdict.STAMP_ONLY] + verdicts[Verdict.UNCHANGED]
    log.failed_records += len(outcome.refused)
    log.total_fetched += verdicts.total() + len(outcome.refused)
    count_traffic(log, traffic)
    if log.pk:
        counters = {name: getattr(log, name) for name in COUNTERS}
        SyncLog.objects.filter(pk=log.pk).update(**counters)


def count_traffic(log: SyncLog, traffic: Traffic) -> None:
    log.requests, log.retries = traffic.requests, traffic.retries


def remark(log: SyncLog, sentence: str) -> None:
    """Note, once, what was otherwise than expected and cost no record."""
    if sentence not in log.remarks:
        log.remarks = [*log.remarks, sentence]


def forget_unsaved_counts(log: SyncLog) -> None:
    """Go back to what was stored with the last page that was written."""
    if log.pk:
        log.refresh_from_db(fields=COUNTERS)


def close_log(log: SyncLog, status: SyncStatus, message: str = "") -> None:
    log.status, log.error_message = status, message
    log.completed_at = timezone.now()
    log.duration_seconds = (log.completed_at - log.started_at).total_seconds()
    if log.pk:
        with transaction.atomic():
            former = SyncLog.objects.exclude(pk=log.pk).first()
            log.is_news = log.is_news_after(former)
            if former and log.repeats(former):
                _join(log, former)
            log.save()
            if log.is_news:
                _record_end(log)


def _record_end(log: SyncLog) -> None:
    body = {"run_id": log.pk, **line_of(log), "message": log.error_message}
    record(FINISHED.name, source=f"sync:{log.pk}", body=body)


def _join(log: SyncLog, former: SyncLog) -> None:
    """Fold it into the row of the run before."""
    for name in (*COUNTERS, "duration_seconds"):
        setattr(log, name, (getattr(log, name) or 0) + (getattr(former, name) or 0))
    log.rejected.update(sync_log=former)
    SyncLog.objects.filter(pk=log.pk).delete()
    log.pk, log.started_at = former.pk, former.started_at


def add_looks(log: SyncLog, looks: int, requests: int) -> None:
    """Count with a run the looks that led to it."""
    more = {"runs": F("runs") + looks, "requests": F("requests") + requests}
    SyncLog.objects.filter(pk=log.pk).update(**more)


def line_of(log: SyncLog) -> dict[str, Any]:
    """Return what a log line tells of a finished run."""
    return {
        "status": log.status,
        "sync_type": log.sync_type,
        "trigger": log.trigger,
        "duration_ms": round((log.duration_seconds or 0) * 1000),
        "counts": {name: getattr(log, name) for name in COUNTERS},
    }
