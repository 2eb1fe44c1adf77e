"""What narrows the list of opportunities by decisions and their scores."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from assessments.figures import WAYS
from assessments.models import ScoreBand
from opportunities.querysets import OpportunityQuerySet


class DecidingBandFilter(DropdownFilter):
    title = "score band of the decision"
    parameter_name = "deciding_band"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        codes = ScoreBand.objects.order_by("code").values_list("code", flat=True).distinct()
        return [(code, code.capitalize()) for code in codes]

    def queryset(self, request: HttpRequest, queryset: OpportunityQuerySet) -> Any:
        if not self.value():
            return queryset
        rows: Any = queryset.with_deciding()
        return rows.filter(deciding_band=self.value())


class WayFilter(DropdownFilter):
    title = "way of deciding"
    parameter_name = "decided"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, label) for name, (label, _) in WAYS.items()]

    def queryset(self, request: HttpRequest, queryset: OpportunityQuerySet) -> OpportunityQuerySet:
        if not self.value():
            return queryset
        if self.value() not in WAYS:
            raise IncorrectLookupParameters
        _, condition = WAYS[self.value()]
        return queryset.with_deciding().filter(condition)


DECISION_FILTERS = (DecidingBandFilter, WayFilter)
