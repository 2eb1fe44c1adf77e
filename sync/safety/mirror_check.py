"""Check that the mirror still holds what the last complete run left in it.

A table that was emptied, or restored from a backup older than the logs, does not; nothing but
a full run makes it complete again, whatever is written into it meanwhile.
"""

from typing import Any

from django.db.models import Count, Max

from opportunities.models import Opportunity
from sync.models import SyncLog


def record_mirror(log: SyncLog) -> None:
    """Note what later runs may rely on: the mirror is complete up to the watermark of this log."""
    found = _mirror()
    log.mirror_records, log.mirror_synced_at = found["records"], found["synced_at"]


def is_intact() -> bool:
    """Compare two values that must never decrease.

    They are the number of records, and the time of the last one written.
    """
    last, found = SyncLog.objects.last_complete(), _mirror()
    if last is None:
        return True
    if not found["records"] or found["records"] < (last.mirror_records or 0):
        return False
    return last.mirror_synced_at is None or last.mirror_synced_at <= found["synced_at"]


def withdraw_watermarks_if_damaged() -> None:
    """Forget all watermarks of a damaged mirror, before anything written makes it look whole."""
    if not is_intact():
        SyncLog.objects.exclude(watermark=None).update(watermark=None)


def _mirror() -> dict[str, Any]:
    return Opportunity.objects.aggregate(records=Count("pk"), synced_at=Max("last_synced_at"))
