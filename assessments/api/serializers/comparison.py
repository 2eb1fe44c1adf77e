"""Serialize the comparison of two versions."""

from typing import Any

from rest_framework import serializers

from assessments.api.serializers.versions import ScoringSerializer, VersionSerializer


class SideSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    comment = serializers.CharField()


class DifferenceSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    before = SideSerializer(allow_null=True)
    after = SideSerializer(allow_null=True)
    points = serializers.DecimalField(
        4, 1, help_text="Of the 100: what it adds to the score or takes from it."
    )
    direction = serializers.CharField(help_text="up, down, or blank.")


class ComparisonSerializer(serializers.Serializer[Any]):
    older = VersionSerializer()
    newer = VersionSerializer()
    before = ScoringSerializer()
    after = ScoringSerializer()
    change = serializers.DecimalField(4, 1, allow_null=True)
    rounding = serializers.DecimalField(4, 1)
    criteria = DifferenceSerializer(many=True)
    knockouts = DifferenceSerializer(many=True)
    recorded = serializers.DictField(
        child=serializers.ListField(), help_text="Recorded field -> [older, newer]."
    )
