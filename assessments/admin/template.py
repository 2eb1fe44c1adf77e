"""Edit draft templates, and read active and retired ones."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from assessments.admin.template_actions import TemplateActions
from assessments.admin.template_parts import PARTS, CriterionForm
from assessments.admin.template_preview import editor_context
from assessments.drafts.template_document import TEMPLATE_FIELDS
from assessments.models import AssessmentTemplate, TemplateStatus
from assessments.scoring.rules import RATINGS
from audit.models import AuditKind
from audit.recording import record
from opportunities.admin.small_tables import SearchesSmallTable
from opportunities.admin.typed_numbers import TYPED_NUMBERS
from opportunities.admin.versioned import VersionedAdmin

STATUS_COLOURS = {
    TemplateStatus.DRAFT: "info",
    TemplateStatus.ACTIVE: "success",
    TemplateStatus.RETIRED: "default",
}


class TemplateForm(forms.ModelForm):
    commented_ratings = forms.TypedMultipleChoiceField(
        label="Ratings that need a comment",
        coerce=int,
        choices=[(rating, str(rating)) for rating in RATINGS],
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    class Meta:
        model = AssessmentTemplate
        fields = TEMPLATE_FIELDS


@admin.register(AssessmentTemplate)
class AssessmentTemplateAdmin(SearchesSmallTable, TemplateActions, VersionedAdmin, ModelAdmin):
    form = TemplateForm
    inlines = PARTS
    list_display = (
        "name",
        "version",
        "code",
        "for_practice",
        "state",
        "activated_at",
        "retired_at",
    )
    list_filter = ("status",)
    search_fields = ("name", "code", "practice")
    fieldsets: ClassVar = [
        (None, {"fields": (("name", "practice"), ("code", "version"))}),
        (
            "Comments and Not applicable",
            {
                "fields": (
                    ("na_weight_limit", "shortest_comment", "longest_comment"),
                    "commented_ratings",
                    "is_comment_per_group",
                ),
                "classes": ("collapse",),
            },
        ),
    ]
    change_form_outer_before_template = "admin/assessments/assessmenttemplate/status.html"
    change_form_outer_after_template = "admin/assessments/assessmenttemplate/reading.html"
    formfield_overrides = TYPED_NUMBERS

    class Media:
        js = ("assessments/template_editor.js",)

    @display(description="status", ordering="status", label=STATUS_COLOURS)
    def state(self, template: AssessmentTemplate) -> tuple[str, str]:
        return template.status, template.get_status_display()

    @admin.display(description="practice", ordering="practice")
    def for_practice(self, template: AssessmentTemplate) -> str:
        return template.practice or "All practices without their own template"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_open(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_open(obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer none for several at once: each is a decision of its own."""
        return {}

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        may_edit = obj is not None and self.has_change_permission(request, obj)
        return super().get_inline_instances(request, obj) if may_edit else []

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        for each in formset.forms:
            is_kept = each.instance.pk and each not in formset.deleted_forms
            if isinstance(each, CriterionForm) and is_kept:
                each.save_anchors()

    def log_addition(self, request: HttpRequest, obj: AssessmentTemplate, message: Any) -> Any:
        record(AuditKind.TEMPLATE_CHANGED, about=obj, what="added")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: AssessmentTemplate, message: Any) -> Any:
        record(AuditKind.TEMPLATE_CHANGED, about=obj, what="edited", changes=message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for template in queryset:
            record(AuditKind.TEMPLATE_CHANGED, about=template, what="deleted", name=str(template))
        return super().log_deletions(request, queryset)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if kwargs.get("obj"):
            context |= editor_context(kwargs["obj"]) | self.offers(request, kwargs["obj"])
        return super().render_change_form(request, context, *args, **kwargs)


def _is_open(template: AssessmentTemplate | None) -> bool:
    return template is None or template.status == TemplateStatus.DRAFT
