"""Where people watch the sync and deal with what it could not take in."""

from sync.admin import opportunity_panels
from sync.admin.reconciliation import ReconciliationAdmin
from sync.admin.rejected_record import RejectedRecordAdmin
from sync.admin.sync_log import SyncLogAdmin

__all__ = ["ReconciliationAdmin", "RejectedRecordAdmin", "SyncLogAdmin", "opportunity_panels"]
