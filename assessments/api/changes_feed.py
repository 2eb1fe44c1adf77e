"""Show versions, decisions and conditions in the change feed, each by itself."""

from typing import Any

from rest_framework import serializers

from assessments.api.serializers.decisions import ConditionSerializer, DecisionSerializer
from assessments.api.serializers.versions import VersionSerializer
from assessments.models import Assessment, Condition, Decision
from opportunities.feed.kinds import FeedKind


class DecisionStateSerializer(DecisionSerializer):
    class Meta(DecisionSerializer.Meta):
        fields = tuple(name for name in DecisionSerializer.Meta.fields if name != "conditions")


class ConditionStateSerializer(ConditionSerializer):
    decision_id = serializers.CharField()

    class Meta(ConditionSerializer.Meta):
        fields = (
            *(name for name in ConditionSerializer.Meta.fields if name != "may_settle"),
            "decision_id",
        )


def _versions() -> Any:
    return Assessment.objects.select_related("assessor", "submitted_by")


def _decisions() -> Any:
    return Decision.objects.select_related("decided_by", "first_approved_by", "assessment")


def _conditions() -> Any:
    return Condition.objects.select_related("owner", "settled_by")


KINDS = (
    FeedKind("assessment", _versions, VersionSerializer),
    FeedKind("decision", _decisions, DecisionStateSerializer),
    FeedKind("condition", _conditions, ConditionStateSerializer),
)
