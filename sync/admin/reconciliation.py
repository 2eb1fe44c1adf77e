"""Show the certificates of `sync_oracle --verify`: Oracle and the mirror, side by side."""

from decimal import Decimal
from itertools import islice
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse

from opportunities.admin.read_only import ReadOnlyAdmin
from opportunities.lists.presentation import money
from sync.models import Reconciliation

MOST_DIFFERING_SHOWN = 100


@admin.register(Reconciliation)
class ReconciliationAdmin(ReadOnlyAdmin):
    list_display = ("taken_at", "is_equal", "differing_records")
    list_filter = ("is_equal",)
    fieldsets: ClassVar = [
        ("Certificate", {"fields": ("taken_at", "is_equal", "differing_records")})
    ]
    change_form_outer_after_template = "admin/sync/reconciliation/figures.html"

    @admin.display(description="records that differ")
    def differing_records(self, reconciliation: Reconciliation) -> str:
        return intcomma(len(reconciliation.differing))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        if reconciliation := kwargs.get("obj"):
            differing = reconciliation.differing.items()
            context["figures"] = [_readable(row) for row in reconciliation.figures]
            context["differing"] = list(islice(differing, MOST_DIFFERING_SHOWN))
            context["differing_total"] = len(differing)
        return super().render_change_form(request, context, **kwargs)


def _readable(row: dict[str, str]) -> dict[str, Any]:
    """Write amounts with their currency, and counts as numbers."""
    sides, currency = ("source", "mirror"), row["currency"]
    counts = {f"{side}_count": int(row[f"{side}_count"]) for side in sides}
    values = {f"{side}_value": money(Decimal(row[f"{side}_value"]), currency) for side in sides}
    return {"stage": row["stage"], "currency": currency, **counts, **values}
