"""What a run could not take in, and what Oracle and the mirror differ in; for those who may."""

from typing import Any

from django.http import Http404
from django_filters import rest_framework as filters
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import generics, serializers
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from opportunities.api.filter_fields import yes_or_no
from opportunities.api.representation import PersonSerializer, StoredSerializer
from opportunities.api.strict_filters import StrictFilterSet
from sync.api import examples
from sync.models import Reconciliation, RejectedRecord, SyncLog
from sync.querysets import RejectedRecordQuerySet

REFUSED = OpenApiResponse(description="You lack the permission to look at this.")


class MaySeeRejected(BasePermission):
    """Their payload is CRM data of anybody's opportunities."""

    message = "Rejected records are for those with the permission to view them."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user and request.user.has_perm("sync.view_rejectedrecord"))


class MaySeeReconciliations(BasePermission):
    message = "Reconciliations are for those with the permission to view them."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user and request.user.has_perm("sync.view_reconciliation"))


class RejectedRecordSerializer(StoredSerializer[RejectedRecord]):
    sync_id = serializers.CharField(
        source="sync_log_id", allow_null=True, read_only=True, help_text="The run that saw it last."
    )
    payload = serializers.JSONField(read_only=True, help_text="What Oracle sent.")
    ignored_by = PersonSerializer(allow_null=True, read_only=True)

    class Meta:
        model = RejectedRecord
        fields = (
            "id",
            "remote_id",
            "field",
            "reason",
            "payload",
            "first_seen_at",
            "last_seen_at",
            "tries",
            "resolved",
            "resolved_at",
            "ignored_reason",
            "ignored_by",
            "sync_id",
        )
        read_only_fields = fields


class RejectedFilter(StrictFilterSet):
    awaiting = yes_or_no("still_awaiting", "Neither resolved nor ignored.")
    remote_id = filters.CharFilter(max_length=30)

    class Meta:
        model = RejectedRecord
        fields = ()

    def still_awaiting(self, rows: RejectedRecordQuerySet, name: str, value: str) -> Any:
        awaiting = rows.awaiting()
        return awaiting if value == "true" else rows.exclude(pk__in=awaiting.values("pk"))


class Rejected(generics.ListAPIView[RejectedRecord]):
    queryset = RejectedRecord.objects.all()
    permission_classes = (IsAuthenticated, MaySeeRejected)
    serializer_class = RejectedRecordSerializer
    filter_backends = (DjangoFilterBackend,)
    filterset_class = RejectedFilter

    def get_queryset(self) -> Any:
        return RejectedRecord.objects.select_related("ignored_by")


@extend_schema_view(
    get=extend_schema(
        summary="Records from Oracle that could not be taken in, the last seen first",
        responses={200: RejectedRecordSerializer(many=True), 403: REFUSED},
        examples=[OpenApiExample("A record", examples.REJECTED, response_only=True)],
    )
)
class RejectedRecords(Rejected):
    pass


@extend_schema_view(
    get=extend_schema(
        summary="The rejected records that this run saw last",
        responses={200: RejectedRecordSerializer(many=True), 403: REFUSED},
        examples=[OpenApiExample("A record", examples.REJECTED, response_only=True)],
    )
)
class RejectedOfRun(Rejected):
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
        read_only_fields = fields


@extend_schema_view(
    get=extend_schema(
        summary="Certificates: Oracle and the mirror compared, the newest first",
        responses={200: ReconciliationSerializer(many=True), 403: REFUSED},
        examples=[OpenApiExample("Equal", examples.RECONCILIATION, response_only=True)],
    )
)
class Reconciliations(generics.ListAPIView[Reconciliation]):
    queryset = Reconciliation.objects.all()
    permission_classes = (IsAuthenticated, MaySeeReconciliations)
    serializer_class = ReconciliationSerializer
