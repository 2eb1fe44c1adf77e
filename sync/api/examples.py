"""What a run looks like, for the API's documentation."""

from typing import Any

from opportunities.api import examples

RUNNING: dict[str, Any] = {
    "id": "113",
    "sync_type": "INCREMENTAL",
    "status": "RUNNING",
    "is_interrupted": False,
    "trigger": "API",
    "user": {"id": "3", "name": "Ada Lovelace"},
    "started_at": "2026-11-24T09:30:00Z",
    "completed_at": None,
    "duration_seconds": None,
    "total_fetched": 0,
    "new_records": 0,
    "updated_records": 0,
    "unchanged_records": 0,
    "failed_records": 0,
    "removed_records": 0,
    "removals_waiting": None,
    "pages": 0,
    "requests": 0,
    "retries": 0,
    "watermark": None,
    "error_message": "",
}
FINISHED = {
    **RUNNING,
    "id": "112",
    "status": "SUCCESS",
    "trigger": "CRON",
    "user": None,
    "started_at": "2026-11-24T00:00:01Z",
    "completed_at": "2026-11-24T00:00:09Z",
    "duration_seconds": 8.2,
    "total_fetched": 140,
    "new_records": 12,
    "updated_records": 31,
    "unchanged_records": 97,
    "pages": 1,
    "requests": 1,
    "watermark": "2026-11-23T23:58:44Z",
}
FINISHED_DETAIL = {
    **FINISHED,
    "unmapped_attributes": ["Region_c"],
    "rejected_count": 2,
    "changed_count": 64,
}
STATUS = {
    "is_running": True,
    "running": RUNNING,
    "last_run": FINISHED,
    "last_success": FINISHED,
    "last_success_age_seconds": 34191,
    "complete_at": "2026-11-24T00:00:09Z",
    "freshness": "fresh",
    "counts": {"total": 1905, "open": 640, "closed": 1257, "removed": 8, "rejected_awaiting": 0},
    "removals_waiting": 0,
    "next_scheduled_at": "2026-11-25T00:00:00Z",
    "not_scheduled_because": None,
}
REFRESHED = {
    **examples.OPPORTUNITY_DETAIL,
    "refreshed": True,
    "changed_fields": ["win_probability"],
    "stale": False,
    "stale_reason": None,
}
STALE = {
    **examples.OPPORTUNITY_DETAIL,
    "refreshed": False,
    "changed_fields": [],
    "stale": True,
    "stale_reason": "Oracle does not answer: tried 5 times, the last one timed out.",
}
PROGRESS = {
    "is_running": True,
    "run": {**RUNNING, "sync_type": "FULL", "total_fetched": 9500, "pages": 19, "requests": 19},
    "elapsed_seconds": 7,
    "rows_per_second": "1357.1",
    "expected_rows": 20_000,
    "seconds_left": 8,
}
REJECTED = {
    "id": "6",
    "remote_id": "300000001234568",
    "field": "Revenue",
    "reason": "is not a number",
    "payload": {"OptyId": "300000001234568", "Revenue": "a lot"},
    "first_seen_at": "2026-11-20T00:00:09Z",
    "last_seen_at": "2026-11-24T00:00:09Z",
    "tries": 5,
    "resolved": False,
    "resolved_at": None,
    "ignored_reason": "",
    "ignored_by": None,
    "sync_id": "112",
}
RECONCILIATION = {
    "id": "2",
    "taken_at": "2026-11-22T01:00:00Z",
    "is_equal": True,
    "figures": [],
    "differing": {},
}
