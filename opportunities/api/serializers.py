"""Opportunities in JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from opportunities.api.representation import (
    ChoiceOrNullField,
    PersonSerializer,
    StoredSerializer,
    UtcDateTimeField,
)
from opportunities.models import Opportunity, RemovalReason
from opportunities.workflow import WorkflowStatus

LATEST_CHANGES = 20


class OpportunitySerializer(StoredSerializer[Opportunity]):
    extra = serializers.DictField(
        read_only=True, help_text="Further CRM attributes this company asks for."
    )
    assigned_sa = PersonSerializer(allow_null=True, read_only=True)
    status_before_close = ChoiceOrNullField(WorkflowStatus.choices)
    removal_reason = ChoiceOrNullField(RemovalReason.choices)

    class Meta:
        model = Opportunity
        fields: tuple[str, ...] = (
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


# Not a model serializer: the model belongs to sync, and is read by the reverse accessor only.
class ChangeSerializer(serializers.Serializer[Any]):
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
        fields = (*OpportunitySerializer.Meta.fields, "latest_changes")
        read_only_fields = fields

    @extend_schema_field(ChangeSerializer(many=True))
    def get_latest_changes(self, opportunity: Opportunity) -> Any:
        changes = opportunity.changes.order_by("-at", "-id")[:LATEST_CHANGES]
        return ChangeSerializer(changes, many=True).data
