"""Filter the list of opportunities by the band of their newest score."""

from typing import Any

from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from assessments.models import ScoreBand
from opportunities.models.querysets import OpportunityQuerySet

NOT_SCORED = "none"


class ScoreBandFilter(DropdownFilter):
    title = "band of the newest score"
    parameter_name = "score_band"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        codes = ScoreBand.objects.order_by("-start").values_list("code", flat=True)
        bands = [(code, code.capitalize()) for code in dict.fromkeys(codes)]
        return [*bands, (NOT_SCORED, "Not scored")]

    def queryset(self, request: HttpRequest, queryset: OpportunityQuerySet) -> OpportunityQuerySet:
        if not self.value():
            return queryset
        if self.value() == NOT_SCORED:
            return queryset.filter(score=None)
        return queryset.filter(band=self.value())
