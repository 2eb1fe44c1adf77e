"""List what the sync could not take in: retry it, or ignore it with a reason."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import DropdownFilter
from unfold.widgets import UnfoldAdminTextareaWidget

from opportunities.admin.filters import ValuesFilter
from opportunities.admin.read_only import DayRangeFilter, ReadOnlyAdmin
from opportunities.admin.small_tables import SearchesSmallTable
from opportunities.lists.presentation import badge, person
from opportunities.models import Opportunity
from sync.engine.refresh import refresh_opportunity
from sync.models import RejectedRecord
from sync.models.rejected_record import RejectedRecordQuerySet
from sync.oracle.errors import OracleError, OracleNotFound, RecordError
from sync.permissions import DECIDE_ON_REJECTED
from sync.reports.presentation import QUARANTINE_COLOURS, QuarantineState, quarantine_state
from sync.safety.lock_waits import RowLocked

MOST_AT_A_TIME = 20


class QuarantineStateFilter(DropdownFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return QuarantineState.choices

    def queryset(
        self, request: HttpRequest, queryset: RejectedRecordQuerySet
    ) -> RejectedRecordQuerySet | None:
        match self.value():
            case QuarantineState.OPEN:
                return queryset.awaiting()
            case QuarantineState.IGNORED:
                return queryset.unresolved().exclude(ignored_reason="")
            case QuarantineState.RESOLVED:
                return queryset.filter(resolved=True)
        return None


class ReasonForm(forms.Form):
    reason = forms.CharField(
        widget=UnfoldAdminTextareaWidget,
        help_text="For the next reader, for example: a test record that sales will delete.",
    )


@admin.register(RejectedRecord)
class RejectedRecordAdmin(SearchesSmallTable, ReadOnlyAdmin):
    list_display = ("record", "state", "field", "why", "tries", "first_seen_at", "last_seen_at")
    list_filter = (QuarantineStateFilter, ("field", ValuesFilter), ("last_seen_at", DayRangeFilter))
    search_fields = ("remote_id", "field", "reason")
    search_help_text = "CRM id, field or reason"
    # One page at a time: a retry is a request to Oracle each, while the person waits.
    list_per_page = MOST_AT_A_TIME  # type: ignore[misc]
    list_disable_select_all = True
    actions = ("retry", "ignore", "stop_ignoring")
    fieldsets: ClassVar = [
        ("Rejected", {"fields": ("state", "opportunity", "field", "why", "ignored")}),
        ("Seen", {"fields": ("tries", "first_seen_at", "last_seen_at", "sync_log", "resolved_at")}),
        ("Sent by Oracle", {"fields": ("sent",)}),
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
        """Link to the last version that could be imported."""
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
        """Let those with the change permission decide, though nobody edits such a record."""
        return request.user.has_perm(DECIDE_ON_REJECTED)

    @admin.action(description="Retry now", permissions=["decide"])
    def retry(self, request: HttpRequest, queryset: RejectedRecordQuerySet) -> None:
        unresolved = queryset.unresolved()[:MOST_AT_A_TIME]
        if not unresolved:
            self.message_user(request, "Nothing to retry: these records are resolved.")
        for level, sentence in retry(unresolved):
            self.message_user(request, sentence, level)

    @admin.action(description="Ignore…", permissions=["decide"])
    def ignore(self, request: HttpRequest, queryset: RejectedRecordQuerySet) -> HttpResponse | None:
        """Ask for the reason on a page of its own, then ignore them."""
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


def retry(records: Iterable[RejectedRecord]) -> Iterator[tuple[int, str]]:
    """Ask for each again; yield a message level and a sentence, until Oracle fails."""
    for record in records:
        if record.remote_id is None:
            yield messages.WARNING, f"{record} – without an id it waits for the next full run."
            continue
        try:
            refresh_opportunity(record.remote_id)
        except RecordError as error:
            yield messages.WARNING, f"{record.remote_id} cannot be imported yet: {error}."
        except OracleNotFound as error:
            yield messages.WARNING, str(error)
        except (OracleError, RowLocked) as error:
            yield messages.ERROR, str(error)
            return
        else:
            yield messages.SUCCESS, f"{record.remote_id} was imported."
