"""Show runs and rejected records in the admin, and let people act on them."""

from sync.admin import opportunity_panels
from sync.admin.reconciliation import ReconciliationAdmin
from sync.admin.rejected_record import RejectedRecordAdmin
from sync.admin.sync_log import SyncLogAdmin

__all__ = ["ReconciliationAdmin", "RejectedRecordAdmin", "SyncLogAdmin", "opportunity_panels"]
