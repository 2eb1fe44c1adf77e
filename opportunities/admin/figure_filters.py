"""What narrows the list of opportunities to the rows a figure of the overview counts."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter

from opportunities.crm_status import CrmOutcome
from opportunities.figures import (
    AGES,
    ANY_ATTENTION,
    ATTENTION,
    BY_NAME,
    NO_CURRENCY,
    Figure,
    decided_in,
    in_currency,
    months_until,
)
from opportunities.models import Opportunity
from opportunities.querysets import OpportunityQuerySet

MONTHS_OFFERED = 12


class FigureFilter(DropdownFilter):
    """By one of several named figures."""

    figures: Iterable[Figure] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(each.name, each.label) for each in self.figures]

    def queryset(self, request: HttpRequest, queryset: OpportunityQuerySet) -> OpportunityQuerySet:
        name = self.value()
        if not name:
            return queryset
        if name not in dict(self.lookup_choices):
            raise IncorrectLookupParameters
        return queryset.filter(BY_NAME[name].condition(timezone.now()))


class AttentionFilter(FigureFilter):
    title = "needs attention"
    parameter_name = "attention"
    figures = (ANY_ATTENTION, *ATTENTION)


class AgeFilter(FigureFilter):
    title = "working days in its state"
    parameter_name = "age"
    figures = AGES


class CurrencyFilter(DropdownFilter):
    title = "currency"
    parameter_name = "currency"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = Opportunity.objects.order_by("currency").values_list("currency", flat=True)
        named = [(each, each) for each in known.distinct() if each]
        return [*named, (NO_CURRENCY, "Without a currency")]

    def queryset(self, request: HttpRequest, queryset: OpportunityQuerySet) -> OpportunityQuerySet:
        currency = self.value()
        return queryset.filter(in_currency(currency)) if currency else queryset


class PeriodFilter(DropdownFilter):
    title = "month of the decision"
    parameter_name = "period"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(month, month) for month in months_until(timezone.localdate(), MONTHS_OFFERED)]

    def queryset(self, request: HttpRequest, queryset: OpportunityQuerySet) -> OpportunityQuerySet:
        period = self.value()
        try:
            return queryset.filter(decided_in(period)) if period else queryset
        except ValueError:
            raise IncorrectLookupParameters from None


class OutcomeFilter(DropdownFilter):
    title = "outcome in CRM"
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(CrmOutcome.choices)

    def queryset(self, request: HttpRequest, queryset: OpportunityQuerySet) -> OpportunityQuerySet:
        return queryset.filter(crm_outcome=self.value()) if self.value() else queryset


FIGURE_FILTERS = (AttentionFilter, AgeFilter, CurrencyFilter, PeriodFilter, OutcomeFilter)
