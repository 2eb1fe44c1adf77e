"""Store runs of the sync, what they changed or rejected, certificates and refused logins."""

from sync.models.change import OpportunityChange, RunChangeKind
from sync.models.reconciliation import Reconciliation
from sync.models.refused_login import RefusedLogin
from sync.models.rejected_record import RejectedRecord
from sync.models.sync_log import SyncLog, SyncStatus, SyncType, Trigger

__all__ = [
    "OpportunityChange",
    "Reconciliation",
    "RefusedLogin",
    "RejectedRecord",
    "RunChangeKind",
    "SyncLog",
    "SyncStatus",
    "SyncType",
    "Trigger",
]
