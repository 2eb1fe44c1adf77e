"""Whether the mirror still holds what the last complete run left in it.

A table that was emptied, or restored from a backup older than the logs, does not; nothing but
a full run makes it complete again, whatever is written into it meanwhile.
"""

from typing import Any

from django.db.models import Count, Max

from opportunities.models import Opportunity
from sync.models import SyncLog


def note_promise(log: SyncLog) -> None:
    """What later runs may rely on: the mirror is complete up to the watermark of this log."""
    found = _mirror()
    log.mirror_records, log.mirror_synced_at = found["records"], found["synced_at"]


def is_kept() -> bool:
    """By what neither a sync nor a person ever lets sink: the number of records, and the time
    of the last one written.
    """
    promise, found = SyncLog.objects.last_complete(), _mirror()
    if promise is None:
        return True
    if not found["records"] or found["records"] < (promise.mirror_records or 0):
        return False
    return promise.mirror_synced_at is None or promise.mirror_synced_at <= found["synced_at"]


def withdraw_if_broken() -> None:
    """To be called before anything is written, which would make the mirror look whole."""
    if not is_kept():
        SyncLog.objects.exclude(watermark=None).update(watermark=None)


def _mirror() -> dict[str, Any]:
    return Opportunity.objects.aggregate(records=Count("pk"), synced_at=Max("last_synced_at"))
