"""Serialize decisions, their conditions and the reason codes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.models import Condition, ConditionState, Decision
from assessments.scoring.rules import Recommendation
from opportunities.api.representation import ChoiceOrNullField, PersonSerializer, StoredSerializer

SETTLED = [each for each in ConditionState.choices if each[0] != ConditionState.OPEN]


class ConditionSerializer(StoredSerializer[Condition]):
    owner = PersonSerializer()
    settled_by = PersonSerializer(allow_null=True)
    may_settle = serializers.SerializerMethodField()

    class Meta:
        model = Condition
        fields: tuple[str, ...] = (
            *("id", "text", "owner", "due_on", "state", "reason", "settled_by", "settled_at"),
            "may_settle",
        )

    @extend_schema_field(
        serializers.ListField(
            child=serializers.ChoiceField(SETTLED), help_text="What you may say of it now."
        )
    )
    def get_may_settle(self, condition: Condition) -> list[str]:
        return [str(state) for state in self.context.get("settlements", {}).get(condition.pk, ())]


class DecisionSerializer(StoredSerializer[Decision]):
    version_no = serializers.IntegerField(
        source="assessment.version_no", allow_null=True, default=None
    )
    recommendation = ChoiceOrNullField(Recommendation.choices)
    decided_by = PersonSerializer()
    first_approved_by = PersonSerializer(allow_null=True)
    conditions = ConditionSerializer(many=True)

    class Meta:
        model = Decision
        fields: tuple[str, ...] = (
            *("id", "action", "outcome", "version_no", "recommendation", "is_override"),
            *("reason_code", "reason", "decided_by", "first_approved_by", "decided_at"),
            *("crm_snapshot", "mirror_synced_at", "conditions"),
        )


class ReasonSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class ReasonsSerializer(serializers.Serializer[Any]):
    no_bid = ReasonSerializer(many=True)
    override = ReasonSerializer(many=True)
