"""What narrows the list of opportunities to the rows a figure of the overview counts."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter

from opportunities.admin.filters import NarrowingFilter, narrowing_of
from opportunities.crm_status import CrmOutcome
from opportunities.figures import (
    AGES,
    NO_CURRENCY,
    decided_in,
    first_answered_in,
    in_currency,
    months_until,
)
from opportunities.models import Opportunity
from opportunities.querysets import OpportunityQuerySet

MONTHS_OFFERED = 12


class AgeFilter(NarrowingFilter):
    title = "working days in its state"
    parameter_name = "age"
    narrowings: ClassVar = {each.name: (each.label, narrowing_of(each)) for each in AGES}


class CurrencyFilter(DropdownFilter):
    title = "currency"
    parameter_name = "currency"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = Opportunity.objects.order_by("currency__in_order").values_list(
            "currency", flat=True
        )
        named = [(each, each) for each in known.distinct() if each]
        return [*named, (NO_CURRENCY, "Without a currency")]

    def queryset(self, request: HttpRequest, queryset: OpportunityQuerySet) -> OpportunityQuerySet:
        currency = self.value()
        return queryset.filter(in_currency(currency)) if currency else queryset


class MonthFilter(DropdownFilter):
    """By a month as in 2027-03; earlier ones than those offered can be written in the address."""

    condition: ClassVar[Callable[..., Q]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(month, month) for month in months_until(timezone.localdate(), MONTHS_OFFERED)]

    def queryset(self, request: HttpRequest, queryset: OpportunityQuerySet) -> OpportunityQuerySet:
        month = self.value()
        try:
            return queryset.filter(type(self).condition(month)) if month else queryset
        except ValueError:
            raise IncorrectLookupParameters from None


class PeriodFilter(MonthFilter):
    title = "month of the decision"
    parameter_name = "period"
    condition = staticmethod(decided_in)


class FirstAnswerFilter(MonthFilter):
    title = "month of the first answer"
    parameter_name = "answered"
    condition = staticmethod(first_answered_in)


class OutcomeFilter(DropdownFilter):
    title = "outcome in CRM"
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(CrmOutcome.choices)

    def queryset(self, request: HttpRequest, queryset: OpportunityQuerySet) -> OpportunityQuerySet:
        return queryset.filter(crm_outcome=self.value()) if self.value() else queryset


FIGURE_FILTERS = (AgeFilter, CurrencyFilter, PeriodFilter, FirstAnswerFilter, OutcomeFilter)
