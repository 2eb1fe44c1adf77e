"""Serve the buttons of a template's page: activate, copy, retire and preview."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from assessments.admin.template_preview import editor_context
from assessments.drafts.templates import (
    TemplateRefused,
    template_activate,
    template_copy,
    template_retire,
)
from assessments.models import AssessmentTemplate, TemplateStatus
from assessments.permissions import ADD_TEMPLATE, CHANGE_TEMPLATE, VIEW_TEMPLATE

Step = Callable[..., AssessmentTemplate]
STEPS: dict[str, tuple[Step, str, str]] = {
    "activate": (template_activate, CHANGE_TEMPLATE, "{} is active. New assessments use it."),
    "copy": (template_copy, ADD_TEMPLATE, "{} is your draft to change."),
    "retire": (
        template_retire,
        CHANGE_TEMPLATE,
        "{} is retired. New assessments no longer use it.",
    ),
}
OFFERED = {
    TemplateStatus.DRAFT: ("activate", "copy"),
    TemplateStatus.ACTIVE: ("copy", "retire"),
    TemplateStatus.RETIRED: ("copy",),
}


class TemplateActions:
    """Add these actions to the ModelAdmin of templates."""

    admin_site: Any
    opts: Any
    message_user: Any

    def get_urls(self) -> list[Any]:
        site = self.admin_site
        return [
            path(
                "<int:pk>/preview/",
                site.admin_view(self.preview),
                name="assessments_assessmenttemplate_preview",
            ),
            path(
                "<int:pk>/<str:step>/go/",
                site.admin_view(require_POST(self.take_step)),
                name="assessments_assessmenttemplate_step",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def offers(self, request: HttpRequest, template: AssessmentTemplate) -> dict[str, Any]:
        """Return what this person may do with it now."""
        offered = OFFERED[TemplateStatus(template.status)]
        return {"steps": [step for step in offered if request.user.has_perm(STEPS[step][1])]}

    def take_step(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        template = get_object_or_404(AssessmentTemplate, pk=pk)
        if step not in STEPS:
            raise Http404
        carry_out, right, sentence = STEPS[step]
        if not request.user.has_perm(right):
            raise PermissionDenied
        try:
            template = carry_out(template=template)
        except TemplateRefused as refusal:
            for fault in refusal.faults:
                self.message_user(request, fault, messages.ERROR)
        else:
            self.message_user(request, sentence.format(template), messages.SUCCESS)
        return HttpResponseRedirect(_page_of(template))

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(VIEW_TEMPLATE):
            raise PermissionDenied
        template = get_object_or_404(AssessmentTemplate, pk=pk)
        context = {
            **self.admin_site.each_context(request),
            **editor_context(template),
            "title": f"Preview of {template}",
            "opts": self.opts,
            "original": template,
            "back": _page_of(template),
        }
        page = "admin/assessments/assessmenttemplate/preview.html"
        return TemplateResponse(request, page, context)


def _page_of(template: AssessmentTemplate) -> str:
    return reverse("admin:assessments_assessmenttemplate_change", args=[template.pk])
