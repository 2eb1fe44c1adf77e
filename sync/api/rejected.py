"""List what a run could not take in, and what Oracle and the mirror differ in."""

from typing import Any, ClassVar

from django.http import Http404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers

from opportunities.access.roles import access_of
from opportunities.api.filter_fields import yes_or_no
from opportunities.api.representation import PersonSerializer, StoredSerializer
from opportunities.api.strict_filters import StrictFilterSet
from sync import permissions
from sync.models import Reconciliation, RejectedRecord, SyncLog
from sync.models.rejected_record import RejectedRecordQuerySet


class RejectedRecordSerializer(StoredSerializer[RejectedRecord]):
    sync_id = serializers.CharField(
        source="sync_log_id", allow_null=True, read_only=True, help_text="The run that saw it last."
    )
    payload = serializers.JSONField(read_only=True, help_text="What Oracle sent.")
    ignored_by = PersonSerializer(allow_null=True, read_only=True)

    class Meta:
        model = RejectedRecord
        fields = (
            *("id", "remote_id", "field", "reason", "payload", "first_seen_at", "last_seen_at"),
            *("tries", "resolved", "resolved_at", "ignored_reason", "ignored_by", "sync_id"),
        )


class RejectedFilter(StrictFilterSet):
    awaiting = yes_or_no("filter_awaiting", "Neither resolved nor ignored.")
    remote_id = filters.CharFilter(max_length=30)

    def filter_awaiting(self, rows: RejectedRecordQuerySet, name: str, value: str) -> Any:
        awaiting = rows.awaiting()
        return awaiting if value == "true" else rows.exclude(pk__in=awaiting.values("pk"))


@extend_schema_view(
    get=extend_schema(summary="Records from Oracle that could not be imported, the last seen first")
)
class RejectedRecords(generics.ListAPIView[RejectedRecord]):
    rights: ClassVar = {"GET": permissions.VIEW_REJECTED}
    queryset = RejectedRecord.objects.all()
    serializer_class = RejectedRecordSerializer
    filterset_class = RejectedFilter

    def get_queryset(self) -> Any:
        seen = RejectedRecord.objects.visible_to(access_of(self.request.user))
        return seen.select_related("ignored_by")


@extend_schema_view(get=extend_schema(summary="The rejected records that this run saw last"))
class RejectedOfRun(RejectedRecords):
    def get_queryset(self) -> Any:
        run = self.kwargs["pk"]
        if not SyncLog.objects.filter(pk=run).exists():
            raise Http404(f"There is no run {run}.")
        return super().get_queryset().filter(sync_log=run)


class ReconciliationSerializer(StoredSerializer[Reconciliation]):
    figures = serializers.ListField(child=serializers.DictField(), read_only=True)
    differing = serializers.DictField(
        child=serializers.JSONField(), read_only=True, help_text="CRM id -> what is not the same."
    )

    class Meta:
        model = Reconciliation
        fields = ("id", "taken_at", "is_equal", "figures", "differing")


@extend_schema_view(
    get=extend_schema(summary="Certificates: Oracle and the mirror compared, the newest first")
)
class Reconciliations(generics.ListAPIView[Reconciliation]):
    rights: ClassVar = {"GET": permissions.VIEW_RECONCILIATIONS}
    queryset = Reconciliation.objects.all()
    serializer_class = ReconciliationSerializer

    def get_queryset(self) -> Any:
        return Reconciliation.objects.visible_to(access_of(self.request.user))
