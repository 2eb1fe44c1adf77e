"""Let people read what the CRM says of an opportunity, and act and write on it."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import (
    ChoicesDropdownFilter,
    MultipleChoicesDropdownFilter,
    RangeDateFilter,
)

from opportunities import extensions
from opportunities.access.roles import access_of
from opportunities.admin.bulk import BulkTransitionMixin
from opportunities.admin.changelist import TabbedChangeList
from opportunities.admin.columns import OpportunityColumns
from opportunities.admin.exporting import ExportsList
from opportunities.admin.extra import extra_cells, extra_narrowings
from opportunities.admin.filters import (
    AssignedFilter,
    AttentionFilter,
    ClockFilter,
    CrmStateFilter,
    ValuesFilter,
)
from opportunities.admin.page import page_context
from opportunities.admin.transition import TransitionMixin
from opportunities.admin.typed_numbers import TypedNumberFilter
from opportunities.admin.versioned import VersionedAdmin
from opportunities.domain.fields import Kind, Use, fields_for
from opportunities.models import Channel, Opportunity, OpportunityEvent
from opportunities.models.querysets import OpportunityQuerySet
from opportunities.workflow.services import EVENT_OF, opportunity_edit

# Where the bare value says less than it could.
IN_WORDS = {"deal_value": "value", "win_probability": "win", "extra": "further_attributes"}
LED_BY = (
    *("number", "deal", "status", "value", "stage", "win"),
    *("close", "sa", "age", "clock", "score_and_band", "priority_label"),
)
SHOWN_AS_THEY_ARE = tuple(
    field.name
    for field in fields_for(Use.LIST)
    if field.kind is Kind.WORD and field.name != "stage"
)
FILTER_OF_KIND = {
    Kind.WORD: ValuesFilter,
    Kind.CHOICE: ChoicesDropdownFilter,
    Kind.AMOUNT: TypedNumberFilter,
    Kind.DATE: RangeDateFilter,
}
CATALOGUE_FILTERS = tuple(
    (field.name, FILTER_OF_KIND[field.kind])
    for field in fields_for(Use.FILTER)
    if field.kind in FILTER_OF_KIND and field.name not in ("workflow_status", "band")
)
FROM_CRM = ("remote_id", *(IN_WORDS.get(name, name) for name in Opportunity.CRM_FIELDS))


class PeopleForm(forms.ModelForm):
    class Meta:
        model = Opportunity
        fields = ("bid_due_on", "priority", "sa_notes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sa_notes" in self.fields:
            self.fields["sa_notes"].widget.attrs["rows"] = 5


@admin.register(Opportunity)
class OpportunityAdmin(
    VersionedAdmin,
    OpportunityColumns,
    BulkTransitionMixin,
    TransitionMixin,
    ExportsList,
    ModelAdmin,
):
    list_display = (*LED_BY, *SHOWN_AS_THEY_ARE, "updated")
    list_display_links = ("number", "deal")
    list_filter = (
        ("workflow_status", MultipleChoicesDropdownFilter),
        AssignedFilter,
        ClockFilter,
        AttentionFilter,
        *CATALOGUE_FILTERS,
        ("sales_owner", ValuesFilter),
        CrmStateFilter,
    )
    list_filter_submit = True
    list_filter_sheet = True
    list_fullwidth = True
    list_per_page = 50
    # The number of rows is counted with the tabs, for the pages too; not again without filters.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_before_template = "admin/opportunities/opportunity/list_top.html"
    search_fields = ("search_text",)
    search_help_text = "Number, name, customer, owner, SA or CRM id"

    form = PeopleForm
    are_fields_independent = True
    readonly_fields = FROM_CRM
    fieldsets: ClassVar = [
        ("Notes", {"fields": PeopleForm.Meta.fields}),
        ("From Oracle CRM – read only, refreshed by every sync", {"fields": FROM_CRM}),
    ]
    change_form_template = "admin/opportunities/opportunity/change_form.html"
    change_list_template = "admin/opportunities/opportunity/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> OpportunityQuerySet:
        return Opportunity.objects.visible_to(access_of(request.user)).for_list()

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[OpportunityQuerySet, bool]:
        return queryset.search(search_term), False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[TabbedChangeList]:
        return TabbedChangeList

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*self.list_display, *extra_cells()]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [*self.list_filter, *extra_narrowings(), *extensions.list_filters.all()]

    def get_paginator(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Paginator:
        paginator = super().get_paginator(request, *args, **kwargs)
        if hasattr(request, "rows_counted"):
            paginator.count = request.rows_counted
        return paginator

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= page_context(request, kwargs["obj"])
        return super().render_change_form(request, context, *args, **kwargs)

    def last_change(self, obj: Opportunity, since: datetime) -> tuple[Any, datetime] | None:
        """Read the trail, which has what was written through the API as well."""
        events = OpportunityEvent.objects.filter(opportunity=obj, at__gte=since)
        event = events.exclude(actor=None).select_related("actor").order_by("-at", "-id").first()
        return (event.actor, event.at) if event else None

    def has_change_permission(self, request: HttpRequest, obj: Opportunity | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or access_of(request.user).may_write_notes(obj))

    def save_model(
        self, request: HttpRequest, obj: Opportunity, form: ModelForm, change: bool
    ) -> None:
        """Save only what this person changed: all else may be newer than the page they saw."""
        values = {name: getattr(obj, name) for name in EVENT_OF if name in form.changed_data}
        who: dict[str, Any] = {"by": request.user, "channel": Channel.SCREEN}
        opportunity_edit(opportunity=obj, values=values, **who)
