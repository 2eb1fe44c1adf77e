"""A filter of the list of opportunities by the band of their newest score."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from assessments.models import Assessment, ScoreBand
from opportunities.querysets import OpportunityQuerySet

NOT_SCORED = "none"
SCORED = Assessment.objects.exclude(score=None)


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
            return queryset.exclude(pk__in=SCORED.values("opportunity"))
        return queryset.filter(pk__in=_newest().filter(band=self.value()).values("opportunity"))


def _newest() -> Any:
    """From the scored ones, which are few, and not from each of the opportunities."""
    later = SCORED.filter(
        opportunity=OuterRef("opportunity"), version_no__gt=OuterRef("version_no")
    )
    return SCORED.filter(~Exists(later))
