"""Opportunities in JSON."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from opportunities.api.representation import PersonSerializer, StoredSerializer, UtcDateTimeField
from opportunities.models import Opportunity

LATEST_CHANGES = 20


class OpportunitySerializer(StoredSerializer[Opportunity]):
    assigned_sa = PersonSerializer(allow_null=True, read_only=True)

    class Meta:
        model = Opportunity
        fields: ClassVar = (
            "id",
            "remote_id",
            *Opportunity.CRM_FIELDS,
            *Opportunity.PEOPLE_FIELDS,
            "status_before_close",
            "first_seen_at",
            "last_synced_at",
            "removed_in_crm_at",
            "removal_reason",
        )
        read_only_fields = fields


class ChangeSerializer(serializers.Serializer[Any]):
    """One field that moved. Read through the reverse accessor: the model belongs to sync."""

    field = serializers.CharField()
    old = serializers.CharField(allow_null=True)
    new = serializers.CharField(allow_null=True)
    at = UtcDateTimeField()
    sync_id = serializers.CharField(
        source="sync_log_id", allow_null=True, help_text="Null where one record was refreshed."
    )


class OpportunityDetailSerializer(OpportunitySerializer):
    latest_changes = serializers.SerializerMethodField(
        help_text=f"Newest first, {LATEST_CHANGES} at most."
    )

    class Meta(OpportunitySerializer.Meta):
        fields: ClassVar = (*OpportunitySerializer.Meta.fields, "latest_changes")
        read_only_fields = fields

    @extend_schema_field(ChangeSerializer(many=True))
    def get_latest_changes(self, opportunity: Opportunity) -> Any:
        changes = opportunity.changes.order_by("-at", "-id")[:LATEST_CHANGES]
        return ChangeSerializer(changes, many=True).data
