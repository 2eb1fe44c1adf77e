"""Turn what somebody asks of a sync into what is to be read for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from sync.models import SyncLog, SyncType, Trigger
from sync.safety import mirror_check
from sync.schedule import timetable


@dataclass(frozen=True)
class SyncRequest:
    sync_type: SyncType | None = None
    """None: incremental where the mirror is known to be complete up to some time, else full.

    By the schedule it is full every SYNC_FULL_EVERY_DAYS, too.
    """
    since: datetime | None = None
    only: tuple[str, ...] = ()
    """OptyIds; nothing else is read."""
    dry_run: bool = False
    accept_removals: bool = False
    trigger: Trigger = Trigger.COMMAND
    user_id: int | None = None


@dataclass(frozen=True)
class Reading:
    sync_type: SyncType
    since: datetime | None = None
    only: tuple[str, ...] = ()
    watermark: datetime | None = None
    """Where an incremental reading goes on from."""

    @property
    def is_chosen(self) -> bool:
        """Return whether somebody chose what to read, so that it proves nothing of the rest."""
        return bool(self.only) or (self.since is not None and self.watermark is None)

    @property
    def is_truth(self) -> bool:
        """Return whether what Oracle shows now counts, be it set back to an earlier state.

        Not so where only changes are asked for: an older stamp is no change.
        """
        return self.is_full or self.is_chosen

    @property
    def is_full(self) -> bool:
        return self.sync_type == SyncType.FULL


def reading_for(request: SyncRequest) -> Reading:
    if request.only or request.since:
        return Reading(SyncType.INCREMENTAL, since=request.since, only=request.only)
    watermark = SyncLog.objects.watermark()
    is_scheduled = request.trigger == Trigger.CRON and request.sync_type is None
    if (
        request.sync_type == SyncType.FULL
        or not watermark
        or (is_scheduled and timetable.is_full_run_due())
        # Before a real run the watermarks of a damaged mirror are withdrawn.
        or (request.dry_run and not mirror_check.is_intact())
    ):
        return Reading(SyncType.FULL)
    return Reading(SyncType.INCREMENTAL, since=watermark - overlap(), watermark=watermark)


def overlap() -> timedelta:
    return timedelta(seconds=settings.SYNC_OVERLAP_S)
