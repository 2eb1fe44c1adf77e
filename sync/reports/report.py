"""Report what a run did to programs: one JSON object."""

import json

from sync.engine.run import SyncRun
from sync.models import Reconciliation, SyncLog

COUNTS = {
    "Fetched": "total_fetched",
    "New": "new_records",
    "Updated": "updated_records",
    "Unchanged": "unchanged_records",
    "Rejected": "failed_records",
    "Removed in Oracle": "removed_records",
    "Pages": "pages",
    "Requests": "requests",
    "Retries": "retries",
}


def json_report(run: SyncRun) -> str:
    log = run.log
    return json.dumps(
        {
            "id": log.pk,
            "dry_run": log.pk is None,
            "sync_type": log.sync_type,
            "status": log.status,
            "trigger": log.trigger,
            **{name: getattr(log, name) for name in COUNTS.values()},
            "started_at": log.started_at.isoformat(),
            "completed_at": log.completed_at.isoformat() if log.completed_at else None,
            "duration_seconds": log.duration_seconds,
            "watermark": log.watermark.isoformat() if log.watermark else None,
            "error_message": log.error_message,
            **{name: getattr(log, name) for name in SyncLog.OBSERVATIONS},
        }
    )


def one_line(log: SyncLog) -> str:
    counts = (f"{getattr(log, name):,} {label.lower()}" for label, name in COUNTS.items())
    return " ".join(filter(None, [f"{log}: {log.status}, {', '.join(counts)}.", log.error_message]))


def json_certificate(reconciliation: Reconciliation) -> str:
    return json.dumps(
        {
            "taken_at": reconciliation.taken_at.isoformat(),
            "is_equal": reconciliation.is_equal,
            "figures": reconciliation.figures,
            "differing": reconciliation.differing,
        }
    )
