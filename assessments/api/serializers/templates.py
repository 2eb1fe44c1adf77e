"""Serialize templates."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.drafts.template_document import document_of
from assessments.models import AssessmentTemplate
from assessments.scoring.rules import CapTrigger, Recommendation
from opportunities.api.representation import StoredSerializer


class CriterionSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    question = serializers.CharField()
    why = serializers.CharField()
    weight = serializers.IntegerField()
    is_gate = serializers.BooleanField()
    anchors = serializers.DictField(
        child=serializers.CharField(), help_text="Rating -> what it means."
    )


class CriterionGroupSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    criteria = CriterionSerializer(many=True)


class KnockoutSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()


class BandSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    start = serializers.CharField()
    end = serializers.CharField()
    recommendation = serializers.ChoiceField(Recommendation.choices)
    feedback = serializers.CharField()


class CapRuleSerializer(serializers.Serializer[Any]):
    trigger = serializers.ChoiceField(CapTrigger.choices)
    threshold = serializers.CharField()
    caps_at = serializers.ChoiceField(Recommendation.choices)


class ContentSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    practice = serializers.CharField(help_text="Blank for all without one of their own.")
    na_weight_limit = serializers.IntegerField()
    shortest_comment = serializers.IntegerField()
    longest_comment = serializers.IntegerField()
    commented_ratings = serializers.ListField(child=serializers.IntegerField())
    is_comment_per_group = serializers.BooleanField()
    groups = CriterionGroupSerializer(many=True)
    knockouts = KnockoutSerializer(many=True)
    bands = BandSerializer(many=True)
    caps = CapRuleSerializer(many=True)


class TemplateSerializer(StoredSerializer[AssessmentTemplate]):
    class Meta:
        model = AssessmentTemplate
        fields: tuple[str, ...] = (
            *("id", "code", "version", "name", "practice", "status", "activated_at"),
            "retired_at",
        )


class TemplateDetailSerializer(TemplateSerializer):
    content = serializers.SerializerMethodField()

    class Meta(TemplateSerializer.Meta):
        fields: tuple[str, ...] = (*TemplateSerializer.Meta.fields, "content")

    @extend_schema_field(ContentSerializer)
    def get_content(self, template: AssessmentTemplate) -> Any:
        return document_of(template)
