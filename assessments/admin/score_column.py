"""Score and band in the list of opportunities, and a filter by the band."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import DropdownFilter

from assessments.latest import band_in_words
from assessments.models import ScoreBand
from opportunities.admin.extensions import extend_list
from opportunities.querysets import OpportunityQuerySet


@admin.display(description="score", ordering="latest_score")
def score(deal: Any) -> SafeString | None:
    if deal.latest_score is None:
        return None
    return format_html(
        '{} <small class="bqs-band">{}</small>', deal.latest_score, band_in_words(deal.latest_band)
    )


class BandFilter(DropdownFilter):
    title = "score band"
    parameter_name = "band"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        codes = ScoreBand.objects.order_by("-start").values_list("code", flat=True)
        bands = [(code, code.capitalize()) for code in dict.fromkeys(codes)]
        return [*bands, ("none", "Not scored")]

    def queryset(
        self, request: HttpRequest, queryset: OpportunityQuerySet
    ) -> OpportunityQuerySet | None:
        match self.value():
            case None | "":
                return None
            case "none":
                return queryset.filter(latest_band=None)
        return queryset.filter(latest_band=self.value())


extend_list(columns=[score], filters=[BandFilter])
