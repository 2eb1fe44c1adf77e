"""The dashboard's figures over HTTP."""

from typing import Any, ClassVar

from django.utils.dateparse import parse_date
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from bqs.dashboard.all_figures import all_figures
from bqs.dashboard.example import DASHBOARD
from bqs.dashboard.figure import Scope
from bqs.dashboard.period import MONTHS, MOST_MONTHS, Period, period_of
from bqs.dashboard.serializers import DashboardSerializer
from opportunities.api.filter_fields import day
from opportunities.api.filters import OpportunityFilter
from opportunities.api.views import Narrowed
from opportunities.freshness import mirror_synced_at
from opportunities.models import Opportunity
from opportunities.querysets import OpportunityQuerySet
from opportunities.roles import standing_of

# What no figure narrows by in another way.
BAR = (
    "search",
    "practice",
    "geo",
    "sector",
    "sales_owner",
    "customer",
    "currency",
    "assigned_sa",
    "removed",
    "close_date_from",
    "close_date_to",
    "deal_value_min",
    "deal_value_max",
    "either",
)
PERIOD = ("period_from", "period_to")
# Beyond, no calendar has a day before or after.
YEARS = range(1970, 2101)


class DashboardFilter(OpportunityFilter):
    other_parameters: ClassVar = set()
    period_from = day(
        "period_from",
        "exact",
        f"The first day of what happened; {MONTHS} months ago where left out.",
        method="of_period",
    )
    period_to = day(
        "period_to",
        "exact",
        f"The last day of what happened, {MOST_MONTHS} months later at most; else today.",
        method="of_period",
    )

    class Meta(OpportunityFilter.Meta):
        pass

    def of_period(self, rows: OpportunityQuerySet, name: str, value: Any) -> OpportunityQuerySet:
        """Narrows no rows by itself: each figure has its own moment that has to be within."""
        if value.year not in YEARS:
            sentence = f"The years are those from {YEARS[0]} to {YEARS[-1]}."
            raise ValidationError({name: [sentence]})
        return rows


for name in set(DashboardFilter.base_filters) - {*BAR, *PERIOD}:
    del DashboardFilter.base_filters[name]


class Dashboard(Narrowed):
    filterset_class = DashboardFilter
    pagination_class = None

    def get_queryset(self) -> OpportunityQuerySet:
        """Without what only a list shows of each row."""
        return Opportunity.objects.visible_to(standing_of(self.request.user))

    @extend_schema(
        summary="Every figure of the dashboard, each with the filter that brings its rows",
        responses=DashboardSerializer,
        filters=True,
        examples=[OpenApiExample("Some figures", DASHBOARD)],
    )
    def get(self, request: Request) -> Response:
        rows: Any = self.filter_queryset(self.get_queryset())
        given = dict(request.query_params.lists())
        bar = {name: values for name, values in given.items() if name not in PERIOD}
        figures = all_figures(Scope(rows, request.user, _period(request)))
        told = {"synced_at": mirror_synced_at(), **figures}
        return Response(DashboardSerializer(told, context={"bar": bar}).data)


def _period(request: Request) -> Period:
    """Of parameters that were found to be days."""
    first, last = (parse_date(request.query_params.get(name, "")) for name in PERIOD)
    period = period_of(first, last)
    if period.first > period.last:
        raise ValidationError({"period_to": ["The last day is before the first."]})
    if period.is_too_long:
        raise ValidationError({"period_from": [f"A period has {MOST_MONTHS} months at most."]})
    return period
