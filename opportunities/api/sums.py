"""What rows are worth, each currency for itself."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from opportunities.api.representation import AmountField


class SumSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField(allow_null=True)
    value = AmountField(30, help_text="Of this currency alone; never added up across currencies.")
    count = serializers.IntegerField()


def most_first(sums: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The currency of most rows first; where no value is known it is 0."""
    in_order = sorted(sums, key=lambda each: -each["count"])
    return [{**each, "value": each["value"] or 0} for each in in_order]
