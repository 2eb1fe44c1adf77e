"""The opportunities: what the CRM says is read only, what people own can be edited."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import connection
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import MultipleChoicesDropdownFilter, RangeDateFilter

from opportunities.admin.columns import OpportunityColumns
from opportunities.admin.filters import AssignedFilter, CrmStateFilter, ValuesFilter
from opportunities.admin.form import PeopleForm
from opportunities.admin.panels import panels_of
from opportunities.models import Channel, Opportunity
from opportunities.querysets import OpportunityQuerySet
from opportunities.roles import standing_of
from opportunities.services import opportunity_set_bid_due, opportunity_set_notes

# Where the bare value says less than it could.
IN_WORDS = {"deal_value": "value", "win_probability": "win", "extra": "further_attributes"}
FROM_CRM = ("remote_id", *(IN_WORDS.get(name, name) for name in Opportunity.CRM_FIELDS))
BY_TRANSITIONS = ("status", "sa")
FROM_SYNC = ("first_seen_at", "last_synced_at")


@admin.register(Opportunity)
class OpportunityAdmin(OpportunityColumns, ModelAdmin):
    list_display = (
        "number",
        "deal",
        "status",
        "value",
        "stage",
        "win",
        "close_date",
        "sa",
        "practice",
        "geo",
        "updated",
    )
    list_display_links = ("number", "deal")
    list_filter = (
        ("workflow_status", MultipleChoicesDropdownFilter),
        AssignedFilter,
        CrmStateFilter,
        ("practice", ValuesFilter),
        ("geo", ValuesFilter),
        ("stage", ValuesFilter),
        ("sales_owner", ValuesFilter),
        ("close_date", RangeDateFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    list_per_page = 50
    # The number of rows is counted once, for the pages; not again without the filters.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = (
        "remote_id",
        "opty_number",
        "name",
        "customer",
        "sales_owner",
        "assigned_sa__username",
        "assigned_sa__first_name",
        "assigned_sa__last_name",
    )
    search_help_text = "Number, name, customer, owner, SA or CRM id"

    form = PeopleForm
    readonly_fields = (*BY_TRANSITIONS, *FROM_CRM, *FROM_SYNC)
    fieldsets: ClassVar = [
        ("Qualification", {"fields": (*BY_TRANSITIONS, *PeopleForm.Meta.fields)}),
        ("From Oracle CRM – read only, refreshed by every sync", {"fields": FROM_CRM}),
        ("Mirror", {"fields": FROM_SYNC}),
    ]
    warn_unsaved_form = True
    change_form_before_template = "admin/opportunities/opportunity/notices.html"
    change_form_outer_after_template = "admin/opportunities/opportunity/panels.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> OpportunityQuerySet:
        return super().get_queryset(request).visible_to(standing_of(request.user)).for_list()

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Opportunity | None:
        """Locked while a form is saved, which has a transaction, so that no sync comes between."""
        opportunity = super().get_object(request, object_id, from_field)
        if opportunity and connection.in_atomic_block:
            opportunity.refresh_from_db(from_queryset=Opportunity.objects.select_for_update())
        return opportunity

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        context["panels"] = panels_of(request, kwargs["obj"])
        return super().render_change_form(request, context, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Opportunity | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or standing_of(request.user).may_write_notes(obj))

    def save_model(
        self, request: HttpRequest, obj: Opportunity, form: ModelForm, change: bool
    ) -> None:
        """Only what this person changed: all else may be newer than the page they saw."""
        who: dict[str, Any] = {"by": request.user, "channel": Channel.SCREEN}
        if "sa_notes" in form.changed_data:
            opportunity_set_notes(opportunity=obj, notes=obj.sa_notes, **who)
        if "bid_due_on" in form.changed_data:
            opportunity_set_bid_due(opportunity=obj, bid_due_on=obj.bid_due_on, **who)
