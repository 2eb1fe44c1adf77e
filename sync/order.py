"""What somebody asks of a sync, and what is to be read for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from sync import promise
from sync.models import SyncLog, SyncType, Trigger


@dataclass(frozen=True)
class SyncOrder:
    sync_type: SyncType | None = None
    """None: incremental where the mirror is known to be complete up to some time, else full."""
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
    """What an incremental reading goes on from."""

    @property
    def is_chosen(self) -> bool:
        """Somebody chose what to read, so it proves nothing of the rest."""
        return bool(self.only) or (self.since is not None and self.watermark is None)

    @property
    def is_full(self) -> bool:
        return self.sync_type == SyncType.FULL


def reading_for(order: SyncOrder) -> Reading:
    if order.only or order.since:
        return Reading(SyncType.INCREMENTAL, since=order.since, only=order.only)
    watermark = SyncLog.objects.watermark()
    if order.sync_type == SyncType.FULL or not watermark:
        return Reading(SyncType.FULL)
    # Before a real run a broken promise is withdrawn, and its watermark with it.
    if order.dry_run and not promise.is_kept():
        return Reading(SyncType.FULL)
    overlap = timedelta(seconds=settings.SYNC_OVERLAP_S)
    return Reading(SyncType.INCREMENTAL, since=watermark - overlap, watermark=watermark)
