"""Serve the pages of assessments; opportunities link to them, and they have no list."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from unfold.admin import ModelAdmin

from assessments.admin.conditions import settle
from assessments.admin.edit_view import edit
from assessments.admin.reading import version_context, visible_assessment
from assessments.analytics.comparison import Comparison, compare
from assessments.drafts.authors import label_of
from assessments.models import Assessment
from opportunities.admin.transition import address_of
from opportunities.models import Opportunity


@admin.register(Assessment)
class AssessmentAdmin(ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("fill/<int:pk>", view(self.fill), name="assessment_fill"),
            path("version/<int:pk>", view(self.version), name="assessment_version"),
            path("compare/<int:older>/<int:newer>", view(self.compare), name="assessment_compare"),
            path("condition/<int:pk>/<str:state>", view(self.settle), name="condition_settle"),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Keep it out of the menu: there is nothing to list."""
        return False

    def fill(self, request: HttpRequest, pk: int) -> HttpResponse:
        return edit(request, pk, self._context(request))

    def version(self, request: HttpRequest, pk: int) -> HttpResponse:
        assessment = visible_assessment(request, pk)
        context = {
            **self._context(request),
            **version_context(assessment),
            "title": f"Version {assessment.version_no}",
            "subtitle": str(assessment.opportunity),
            "back": address_of(assessment.opportunity),
        }
        return TemplateResponse(request, "admin/assessments/version.html", context)

    def compare(self, request: HttpRequest, older: int, newer: int) -> HttpResponse:
        before, after = visible_assessment(request, older), visible_assessment(request, newer)
        if before.opportunity_id != after.opportunity_id:
            raise Http404("These versions belong to different opportunities.")
        comparison = compare(before, after)
        context = {
            **self._context(request),
            "comparison": comparison,
            "recorded": _recorded(comparison),
            "title": f"Versions {before.version_no} and {after.version_no}",
            "subtitle": str(after.opportunity),
            "back": address_of(after.opportunity),
        }
        return TemplateResponse(request, "admin/assessments/compare.html", context)

    def settle(self, request: HttpRequest, pk: int, state: str) -> HttpResponse:
        return settle(request, pk, state, self._context(request))

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": Opportunity._meta}


def _recorded(comparison: Comparison) -> list[tuple[str, Any, Any]]:
    """Return (label, before, after) of each recorded field that differs."""
    return [
        (label_of(Assessment, name), old, new) for name, (old, new) in comparison.recorded.items()
    ]
