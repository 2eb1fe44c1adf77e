"""Named reads of the sync's own records."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from sync.models import RejectedRecord, SyncLog  # noqa: F401 - named in a text below


class SyncLogQuerySet(models.QuerySet["SyncLog"]):
    def running(self) -> SyncLog | None:
        return self.filter(status="RUNNING").first()

    def last_finished(self) -> SyncLog | None:
        return self.exclude(status="RUNNING").first()

    def last_success(self) -> SyncLog | None:
        return self.filter(status="SUCCESS").first()

    def watermark(self) -> datetime | None:
        """Up to where the mirror is known to be complete; None before the first full run.

        Only runs that read everything they set out to read carry one, so the newest is it.
        """
        newest = self.last_complete()
        return newest.watermark if newest else None

    def last_complete(self) -> SyncLog | None:
        return self.exclude(watermark=None).order_by("-started_at", "-id").first()

    def removals_waiting(self) -> int:
        """By the newest run that looked for removals: one that could not tells nothing new."""
        newest = self.last_looked_for_removals()
        return newest.removals_waiting or 0 if newest else 0

    def last_looked_for_removals(self) -> SyncLog | None:
        return self.exclude(removals_waiting=None).first()

    def with_outcome(self) -> SyncLogQuerySet:
        """Annotate how many rejected records and changed fields each run is the last word on."""
        return self.annotate(
            rejected_count=_count_of("rejected"),
            changed_count=_count_of("changes"),
        )


def _count_of(relation: str) -> models.Subquery:
    """Beside another count: two joins at once would multiply one another."""
    from sync.models import SyncLog

    each = SyncLog.objects.filter(pk=models.OuterRef("pk")).order_by()
    return models.Subquery(each.annotate(n=models.Count(relation)).values("n"))


class RejectedRecordQuerySet(models.QuerySet["RejectedRecord"]):
    def unresolved(self) -> RejectedRecordQuerySet:
        return self.filter(resolved=False)

    def awaiting(self) -> RejectedRecordQuerySet:
        """Those that nobody has resolved or decided to ignore."""
        return self.unresolved().filter(ignored_reason="")
