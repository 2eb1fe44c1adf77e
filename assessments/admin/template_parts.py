"""Edit the parts of a template on its page, criteria together with their anchors."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import TabularInline
from unfold.contrib.inlines.admin import NonrelatedStackedInline
from unfold.widgets import UnfoldAdminTextInputWidget

from assessments.drafts.template_document import BAND_FIELDS, CAP_FIELDS, CRITERION_FIELDS
from assessments.models import (
    AssessmentTemplate,
    Criterion,
    CriterionGroup,
    Knockout,
    RatingAnchor,
    RecommendationCap,
    ScoreBand,
)
from assessments.scoring.rules import RATINGS
from opportunities.admin.typed_numbers import TYPED_NUMBERS


def anchor_field(rating: int) -> str:
    return f"anchor_{rating}"


ANCHOR_FIELDS = tuple(anchor_field(rating) for rating in RATINGS)


def _anchor(rating: int) -> forms.CharField:
    return forms.CharField(
        label=f"{rating} means",
        required=False,
        max_length=RatingAnchor._meta.get_field("text").max_length,
        widget=UnfoldAdminTextInputWidget,
    )


class CriterionForm(forms.ModelForm):
    """Edit a criterion with a text for each rating; a blank one is no anchor."""

    anchor_0, anchor_1, anchor_2, anchor_3, anchor_4, anchor_5 = map(_anchor, RATINGS)

    class Meta:
        model = Criterion
        fields = ("group", "order", *CRITERION_FIELDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for anchor in self.instance.anchors.all() if self.instance.pk else ():
            self.initial[anchor_field(anchor.value)] = anchor.text

    def save_anchors(self) -> None:
        anchors = self.instance.anchors
        for rating in RATINGS:
            name = anchor_field(rating)
            text = self.cleaned_data.get(name, "")
            if text and name in self.changed_data:
                anchors.update_or_create(value=rating, defaults={"text": text})
            elif not text:
                anchors.filter(value=rating).delete()


class DraftPart:
    """Show a part only where the template can be changed, which its admin decides."""

    extra = 0
    tab = True
    formfield_overrides = TYPED_NUMBERS

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class GroupInline(DraftPart, TabularInline):
    model = CriterionGroup
    fields = ("order", "code", "name")


class CriterionInline(DraftPart, NonrelatedStackedInline):
    model = Criterion
    form = CriterionForm
    collapsible = True
    fields: ClassVar = (
        ("group", "order"),
        ("code", "weight", "is_gate"),
        "name",
        "question",
        "why",
        *ANCHOR_FIELDS,
    )

    def get_form_queryset(self, obj: AssessmentTemplate) -> QuerySet[Criterion]:
        mine = Criterion.objects.filter(group__template=obj).prefetch_related("anchors")
        return mine.order_by("group__order", "group_id", "order", "id")

    def save_new_instance(self, parent: AssessmentTemplate, instance: Criterion) -> None:
        """Save nothing here: the group that the form asks for ties it to the template."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        groups = CriterionGroup.objects.filter(template=obj)
        formset.form.base_fields["group"].queryset = groups
        return formset


class KnockoutInline(DraftPart, TabularInline):
    model = Knockout
    fields = ("order", "code", "text")


class BandInline(DraftPart, TabularInline):
    model = ScoreBand
    fields = BAND_FIELDS


class CapInline(DraftPart, TabularInline):
    model = RecommendationCap
    verbose_name = "cap"
    verbose_name_plural = "caps"
    fields = CAP_FIELDS


PARTS = (GroupInline, CriterionInline, KnockoutInline, BandInline, CapInline)
