from django.urls import path, register_converter
from django.urls.converters import StringConverter

from sync.api.changes import OpportunityChanges
from sync.api.oracle_opportunity import OracleOpportunity
from sync.api.rejected import Reconciliations, RejectedOfRun, RejectedRecords
from sync.api.run_changes import ChangedOpportunities, ExportChangesOfRun
from sync.api.runs import SyncDatabase, SyncHistory, SyncLogDetail
from sync.api.status import SyncProgress, SyncStatusView


class CrmKeyConverter(StringConverter):
    """An OptyId or OptyNumber: slashes are allowed in it, control characters are not."""

    regex = r"[^\x00-\x1f]{1,60}"


register_converter(CrmKeyConverter, "crm_key")

urlpatterns = [
    path("sync-database", SyncDatabase.as_view(), name="sync-database"),
    path("sync-status", SyncStatusView.as_view(), name="sync-status"),
    path("sync-history", SyncHistory.as_view(), name="sync-history"),
    path("sync-history/<int:pk>", SyncLogDetail.as_view(), name="sync-log"),
    path("sync-history/<int:pk>/rejected", RejectedOfRun.as_view(), name="rejected-of-run"),
    path("sync-history/<int:pk>/changes", ChangedOpportunities.as_view(), name="run-changes"),
    path(
        "sync-history/<int:pk>/changes/export.csv",
        ExportChangesOfRun.as_view(),
        name="run-changes-export",
    ),
    path("sync-progress", SyncProgress.as_view(), name="sync-progress"),
    path("rejected-records", RejectedRecords.as_view(), name="rejected-records"),
    path("reconciliations", Reconciliations.as_view(), name="reconciliations"),
    path("opportunities/<int:pk>/changes", OpportunityChanges.as_view(), name="changes"),
    path(
        "oracle-opportunity/<crm_key:key>", OracleOpportunity.as_view(), name="oracle-opportunity"
    ),
]
