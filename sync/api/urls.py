from django.urls import path, register_converter
from django.urls.converters import StringConverter

from sync.api import views
from sync.api.changes import OpportunityChanges
from sync.api.progress import SyncProgress
from sync.api.rejected import Reconciliations, RejectedOfRun, RejectedRecords


class CrmKeyConverter(StringConverter):
    """An OptyId or OptyNumber: slashes are allowed in it, control characters are not."""

    regex = r"[^\x00-\x1f]{1,60}"


register_converter(CrmKeyConverter, "crm_key")

urlpatterns = [
    path("sync-database", views.SyncDatabase.as_view(), name="sync-database"),
    path("sync-status", views.SyncStatusView.as_view(), name="sync-status"),
    path("sync-history", views.SyncHistory.as_view(), name="sync-history"),
    path("sync-history/<int:pk>", views.SyncLogDetail.as_view(), name="sync-log"),
    path("sync-history/<int:pk>/rejected", RejectedOfRun.as_view(), name="rejected-of-run"),
    path("sync-progress", SyncProgress.as_view(), name="sync-progress"),
    path("rejected-records", RejectedRecords.as_view(), name="rejected-records"),
    path("reconciliations", Reconciliations.as_view(), name="reconciliations"),
    path("opportunities/<int:pk>/changes", OpportunityChanges.as_view(), name="changes"),
    path(
        "oracle-opportunity/<crm_key:key>",
        views.OracleOpportunity.as_view(),
        name="oracle-opportunity",
    ),
]
