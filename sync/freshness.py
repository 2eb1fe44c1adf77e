"""How fresh the mirror is."""

from datetime import datetime

from sync.models import SyncLog


def last_complete_run() -> SyncLog | None:
    """The newest run that read all it set out to read, even where it had to reject records.

    Not the last success: that may have been of a few chosen records, and one record that is
    wrong in Oracle would make the whole mirror look old.
    """
    return SyncLog.objects.exclude(watermark=None).exclude(completed_at=None).first()


def last_complete_at() -> datetime | None:
    run = last_complete_run()
    return run.completed_at if run else None
