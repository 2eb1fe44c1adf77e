"""The dashboard's figures over HTTP."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from bqs.dashboard_figures import Figures
from opportunities.api.filters import OpportunityFilter
from opportunities.api.representation import UtcDateTimeField
from opportunities.api.views import Narrowed
from opportunities.freshness import mirror_synced_at

# What no figure narrows by in another way.
BAR = (
    "search",
    "practice",
    "geo",
    "sales_owner",
    "customer",
    "currency",
    "assigned_sa",
    "removed",
    "close_date_from",
    "close_date_to",
    "deal_value_min",
    "deal_value_max",
)


class DashboardFilter(OpportunityFilter):
    other_parameters: ClassVar = set()

    class Meta(OpportunityFilter.Meta):
        pass


for name in set(DashboardFilter.base_filters) - set(BAR):
    del DashboardFilter.base_filters[name]


class AmountSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField(allow_null=True)
    value = serializers.CharField(help_text="A decimal; never added up across currencies.")


class PlainFigureSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()
    filter = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Parameters of /api/opportunities that bring exactly these rows.",
    )


class FigureSerializer(PlainFigureSerializer):
    values = AmountSerializer(many=True)
    won = serializers.IntegerField(allow_null=True)
    percent = serializers.CharField(allow_null=True, help_text="Null where there are too few.")
    overdue = PlainFigureSerializer(allow_null=True)


class DashboardSerializer(serializers.Serializer[Any]):
    synced_at = UtcDateTimeField(allow_null=True, help_text="When the mirror was last complete.")
    my_work = FigureSerializer(many=True)
    attention = FigureSerializer(many=True)
    pipeline = FigureSerializer(many=True)
    age = FigureSerializer(many=True)
    load = FigureSerializer(many=True)
    decisions = FigureSerializer(many=True)
    practice_and_geo = FigureSerializer(many=True)
    win_rate = FigureSerializer(many=True)
    no_bid_reasons = FigureSerializer(many=True)


EXAMPLE = {
    "synced_at": "2026-11-24T00:00:09Z",
    **{name: [] for name in list(DashboardSerializer().fields)[1:]},
    "pipeline": [
        {
            "name": "NEW",
            "label": "New",
            "count": 12,
            "filter": {"geo": ["EMEA"], "workflow_status": ["NEW"]},
            "values": [{"currency": "EUR", "value": "3400000.00"}],
            "won": None,
            "percent": None,
            "overdue": None,
        }
    ],
}


class Dashboard(Narrowed):
    filterset_class = DashboardFilter
    pagination_class = None

    @extend_schema(
        summary="Every figure of the dashboard, each with the filter that brings its rows",
        responses=DashboardSerializer,
        filters=True,
        examples=[OpenApiExample("Some figures", EXAMPLE)],
    )
    def get(self, request: Request) -> Response:
        rows: Any = self.filter_queryset(self.get_queryset())
        figures = Figures(rows, request.user, dict(request.query_params.lists()))
        told = {"synced_at": mirror_synced_at(), **figures.all()}
        return Response(DashboardSerializer(told).data)
