"""What the sync could not take in: retry it, or ignore it with a reason."""

import json
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from opportunities.admin.filters import ValuesFilter
from opportunities.admin.small_tables import SearchesSmallTable
from opportunities.models import Opportunity
from opportunities.presentation import badge, person
from sync.admin.filters import DayRangeFilter, QuarantineStateFilter
from sync.admin.look_only import LookOnlyAdmin
from sync.admin.reason import ReasonForm
from sync.admin.retry import MOST_AT_A_TIME, retry
from sync.models import RejectedRecord
from sync.presentation import QUARANTINE_COLOURS, quarantine_state
from sync.querysets import RejectedRecordQuerySet


@admin.register(RejectedRecord)
class RejectedRecordAdmin(SearchesSmallTable, LookOnlyAdmin):
    list_display = ("record", "state", "field", "why", "tries", "first_seen_at", "last_seen_at")
    list_filter = (
        QuarantineStateFilter,
        ("field", ValuesFilter),
        ("last_seen_at", DayRangeFilter),
    )
    search_fields = ("remote_id", "field", "reason")
    search_help_text = "CRM id, field or reason"
    # One page at a time: a retry is a request to Oracle each, while the person waits.
    list_per_page = MOST_AT_A_TIME  # type: ignore[misc]
    list_disable_select_all = True
    actions = ("retry", "ignore", "stop_ignoring")
    fieldsets: ClassVar = [
        ("Rejected", {"fields": ("state", "opportunity", "field", "why", "ignored")}),
        ("Seen", {"fields": ("tries", "first_seen_at", "last_seen_at", "sync_log", "resolved_at")}),
        ("What Oracle sent", {"fields": ("sent",)}),
    ]
    change_form_outer_before_template = "admin/sync/rejectedrecord/decide.html"

    @admin.display(description="record", ordering="remote_id")
    def record(self, rejected: RejectedRecord) -> str:
        return rejected.remote_id or "without an id"

    @admin.display(description="state")
    def state(self, rejected: RejectedRecord) -> str:
        return badge(quarantine_state(rejected), QUARANTINE_COLOURS)

    @admin.display(description="reason", ordering="reason")
    def why(self, rejected: RejectedRecord) -> SafeString:
        return format_html('<span class="bqs-deal">{}</span>', rejected.reason)

    @admin.display(description="opportunity")
    def opportunity(self, rejected: RejectedRecord) -> SafeString | str:
        """The last version that could be taken in."""
        deal = Opportunity.objects.filter(remote_id=rejected.remote_id or "").first()
        if deal is None:
            return "Not in the mirror"
        address = reverse("admin:opportunities_opportunity_change", args=[deal.pk])
        return format_html('<a href="{}" class="text-link">{}</a>', address, deal)

    @admin.display(description="ignored")
    def ignored(self, rejected: RejectedRecord) -> str | None:
        if not rejected.ignored_reason:
            return None
        by = f" ({person(rejected.ignored_by)})" if rejected.ignored_by else ""
        return f"{rejected.ignored_reason}{by}"

    @admin.display(description="payload")
    def sent(self, rejected: RejectedRecord) -> SafeString:
        payload = json.dumps(rejected.payload, indent=2, ensure_ascii=False)
        return format_html('<pre class="bqs-text bqs-payload">{}</pre>', payload)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Nobody edits such a record, but who has the change permission decides about it."""
        return request.user.has_perm("sync.change_rejectedrecord")

    @admin.action(description="Retry now", permissions=["decide"])
    def retry(self, request: HttpRequest, queryset: RejectedRecordQuerySet) -> None:
        unresolved = queryset.unresolved()[:MOST_AT_A_TIME]
        if not unresolved:
            self.message_user(request, "Nothing to retry: it was taken in since.")
        for level, sentence in retry(unresolved):
            self.message_user(request, sentence, level)

    @admin.action(description="Ignore…", permissions=["decide"])
    def ignore(self, request: HttpRequest, queryset: RejectedRecordQuerySet) -> HttpResponse | None:
        """First asks for the reason, on a page of its own."""
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            count = queryset.unresolved().update(
                ignored_reason=form.cleaned_data["reason"], ignored_by=request.user
            )
            self.message_user(request, f"Records ignored: {count}.", messages.SUCCESS)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Ignore rejected records",
            "opts": self.opts,
            "form": form,
            "records": queryset,
            "checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/sync/rejectedrecord/ignore.html", context)

    @admin.action(description="Stop ignoring", permissions=["decide"])
    def stop_ignoring(self, request: HttpRequest, queryset: RejectedRecordQuerySet) -> None:
        ignored = queryset.unresolved().exclude(ignored_reason="")
        count = ignored.update(ignored_reason="", ignored_by=None)
        self.message_user(request, f"Records no longer ignored: {count}.", messages.SUCCESS)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        rejected = kwargs["obj"]
        context["can_decide"] = self.has_decide_permission(request) and not rejected.resolved
        context["checkbox_name"] = ACTION_CHECKBOX_NAME
        return super().render_change_form(request, context, *args, **kwargs)
