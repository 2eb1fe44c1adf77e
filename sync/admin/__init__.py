"""Where people watch the sync and deal with what it could not take in."""

from sync.admin import opportunity_panels
from sync.admin.rejected_record import RejectedRecordAdmin
from sync.admin.sync_log import SyncLogAdmin

__all__ = ["RejectedRecordAdmin", "SyncLogAdmin", "opportunity_panels"]
