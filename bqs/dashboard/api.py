"""Serve the dashboard's figures."""

from functools import partial
from typing import Any, ClassVar

from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from bqs.dashboard import work
from bqs.dashboard.all_figures import all_figures
from bqs.dashboard.currency import Reporting, Shown, reporting_on
from bqs.dashboard.figure import Scope
from bqs.dashboard.kept import kept
from bqs.dashboard.period import MONTHS, MOST_MONTHS, Period, period_of
from bqs.dashboard.serializers import DashboardSerializer
from opportunities import extensions
from opportunities.access.roles import access_of
from opportunities.api.catalogue_filters import filters_of
from opportunities.api.filter_fields import day
from opportunities.api.filters import OpportunityFilter
from opportunities.api.views import FilteredListView
from opportunities.domain.fields import Owner, Use, fields_for
from opportunities.models import Opportunity
from opportunities.models.querysets import OpportunityQuerySet

# What no figure narrows by in another way.
BAR = (
    *("search", "assigned_sa", "removed", "either"),
    *(
        parameter
        for field in fields_for(Use.FILTER)
        if field.owner is Owner.CRM and field.name not in ("stage", "crm_status")
        for parameter in filters_of(field)
    ),
)
PERIOD = ("period_from", "period_to")
NOT_NARROWING = (*PERIOD, "amounts")
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
    amounts = filters.ChoiceFilter(
        choices=Shown.choices,
        method="of_amounts",
        help_text="`each`: no amount is converted. Left out, the reporting currency.",
    )
    period_to = day(
        "period_to",
        "exact",
        f"The last day of what happened, {MOST_MONTHS} months later at most; else today.",
        method="of_period",
    )

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """Return the filters that narrow every figure alike, and the period."""
        found: dict[str, Any] = super().get_filters()
        return {name: found[name] for name in found if name in (*BAR, *NOT_NARROWING)}

    def settings_filters(self) -> dict[str, Any]:
        return {}

    def of_amounts(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        """Filter no rows: it says how amounts are told."""
        return rows

    def of_period(self, rows: OpportunityQuerySet, name: str, value: Any) -> OpportunityQuerySet:
        """Filter no rows: each figure has its own date that must lie in the period."""
        if value.year not in YEARS:
            sentence = f"Write a year from {YEARS[0]} to {YEARS[-1]}."
            raise ValidationError({name: [sentence]})
        return rows


class Dashboard(FilteredListView):
    filterset_class = DashboardFilter
    pagination_class = None

    def is_costly(self, request: Request) -> bool:
        return True

    def get_queryset(self) -> OpportunityQuerySet:
        """Return the visible rows without the annotations that only a list shows."""
        return Opportunity.objects.visible_to(access_of(self.request.user))

    @extend_schema(
        summary="All figures of the dashboard, each with the filter that lists its rows",
        responses=DashboardSerializer,
        filters=True,
    )
    def get(self, request: Request) -> Response:
        rows: Any = self.filter_queryset(self.get_queryset())
        parameters = dict(request.query_params.lists())
        bar = {name: each for name, each in parameters.items() if name not in NOT_NARROWING}
        scope, reporting = Scope(rows, request.user, _period(request)), _reporting(request)
        context = {"bar": bar, "reporting": reporting}
        rates = [*reporting.rates.values()]
        known = reporting.currency, [(each.currency, each.rate) for each in rates]
        loads, shared = kept(scope, (bar, known), partial(_shared, scope, context))
        own = {
            "synced_at": extensions.mirror_synced_at.ask(),
            "reporting": {"currency": reporting.currency, "rates": rates},
            "my_work": work.my_work(loads, scope.user.pk),
        }
        return Response({**_shown(own, context), **shared})


def _shared(scope: Scope, context: dict[str, Any]) -> tuple[list[work.Load], dict[str, Any]]:
    """Return the workloads, and what all who see the same rows are shown."""
    figures = all_figures(scope)
    return figures["load"]["people"], _shown(figures, context)


def _shown(parts: dict[str, Any], context: dict[str, Any]) -> dict[str, Any]:
    """Return these parts of a dashboard in JSON."""
    serializer = DashboardSerializer(parts, context=context)
    for name in serializer.fields.keys() - parts.keys():
        serializer.fields.pop(name)
    return serializer.data


def _reporting(request: Request) -> Reporting:
    if request.query_params.get("amounts") == Shown.EACH:
        return Reporting()
    return reporting_on(localdate())


def _period(request: Request) -> Period:
    """Return the period of parameters already checked to be days."""
    first, last = (parse_date(request.query_params.get(name, "")) for name in PERIOD)
    period = period_of(first, last)
    if period.first > period.last:
        raise ValidationError({"period_to": ["The last day must not be before the first."]})
    if period.is_too_long:
        raise ValidationError(
            {"period_from": [f"Choose a period of at most {MOST_MONTHS} months."]}
        )
    return period
