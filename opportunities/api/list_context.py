"""Sum up a filtered list, and find the neighbours of a row in it."""

from typing import Any

from django.db.models import Count, Sum
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from opportunities.api.detail import visible_opportunity
from opportunities.api.filters import UnorderedFilter
from opportunities.api.serializers import SumSerializer, most_first
from opportunities.api.views import FilteredListView
from opportunities.lists.neighbours import neighbours
from opportunities.models import Opportunity


class SumsSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    values = SumSerializer(many=True, help_text="The currency of most opportunities first.")


class OpportunitySums(FilteredListView):
    filterset_class = UnorderedFilter
    pagination_class = None

    @extend_schema(
        summary="How many rows the list has, and what they are worth",
        responses=SumsSerializer,
        filters=True,
    )
    def get(self, request: Request) -> Response:
        rows: Any = self.filter_queryset(self.get_queryset())
        by_currency = rows.order_by().values("currency")
        sums = list(by_currency.annotate(count=Count("pk"), value=Sum("deal_value")))
        told = {"count": sum(each["count"] for each in sums), "values": most_first(sums)}
        return Response(SumsSerializer(told).data)


class NeighbourSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()


class NeighboursSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(
        allow_null=True, help_text="From 1; null where it is no longer in the list."
    )
    count = serializers.IntegerField()
    previous = NeighbourSerializer(allow_null=True)
    next = NeighbourSerializer(allow_null=True)


class OpportunityNeighbours(FilteredListView):
    pagination_class = None

    @extend_schema(
        summary="Where it stands in a list, and what is before and after it",
        responses=NeighboursSerializer,
        filters=True,
    )
    def get(self, request: Request, pk: int) -> Response:
        visible_opportunity(request, pk)
        rows: Any = self.filter_queryset(self.get_queryset())
        told: dict[str, Any] = {"position": None, "previous": None, "next": None}
        try:
            before, after = neighbours(rows, pk)
        except Opportunity.DoesNotExist:
            return Response(NeighboursSerializer({**told, "count": rows.count()}).data)
        position, behind = before.count() + 1, after.count()
        told = {"position": position, "previous": _named(before), "next": _named(after)}
        return Response(NeighboursSerializer({**told, "count": position + behind}).data)


def _named(rows: Any) -> dict[str, Any] | None:
    found: dict[str, Any] | None = rows.values("pk", "name").first()
    return {"id": found["pk"], "name": found["name"]} if found else None
