"""List the runs of the sync, with a button to start one."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.forms import BaseDialogForm

from opportunities.access.operators import for_reader
from opportunities.access.roles import access_of
from opportunities.admin.read_only import DayRangeFilter, ReadOnlyAdmin
from opportunities.lists.presentation import badge, in_words, person
from sync.admin.opportunity_panels import refresh
from sync.admin.progress import progress, status
from sync.models import SyncLog, SyncStatus, Trigger
from sync.permissions import START, VIEW_REJECTED
from sync.reports.presentation import RUN_COLOURS, duration, run_state
from sync.schedule.launch import AlreadyRunning, LaunchFailed
from sync.schedule.queued import StillQueued, ask_for_sync

MOST_REJECTED_SHOWN = 50


def _counts(names: Iterable[str]) -> list[Callable[[Any], str]]:
    """Return columns that write these numbers for people: 1,250,000."""
    return [_count(name) for name in names]


def _count(name: str) -> Callable[[Any], str]:
    label: Any = SyncLog._meta.get_field(name).verbose_name  # type: ignore[union-attr]

    @admin.display(description=label, ordering=name)
    def column(log: SyncLog) -> str:
        return intcomma(getattr(log, name))

    column.__name__ = name
    return column


RECORD_COUNTS = _counts(SyncLog.RECORD_COUNTS)
TRAFFIC_COUNTS = _counts(SyncLog.TRAFFIC_COUNTS)


@admin.register(SyncLog)
class SyncLogAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "state", "sync_type", "asked_by", *RECORD_COUNTS, "lasted")
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("sync_type", ChoicesDropdownFilter),
        ("trigger", ChoicesDropdownFilter),
        ("started_at", DayRangeFilter),
    )
    list_select_related = ("user",)
    actions_list: ClassVar = ["sync_now"]
    fieldsets: ClassVar = [
        (
            "Run",
            {
                "fields": [
                    *("state", "message", "sync_type", "asked_by", "started_at", "completed_at"),
                    *("lasted", "watermark", "remarked"),
                ]
            },
        ),
        ("Records", {"fields": (*RECORD_COUNTS, "waiting")}),
        (
            "From Oracle",
            {"fields": (*TRAFFIC_COUNTS, "lacking", "not_taken_over", "counted_as_open")},
        ),
    ]
    list_before_template = "admin/sync/synclog/progress.html"
    change_form_outer_after_template = "admin/sync/synclog/rejected.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("status", view(status), name="sync_status"),
            path("refresh/<int:pk>", view(refresh), name="sync_refresh_opportunity"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "sync_progress": progress(request)}
        return super().changelist_view(request, context)

    @admin.display(description="status", ordering="status")
    def state(self, log: SyncLog) -> str:
        return badge(run_state(log), RUN_COLOURS)

    @admin.display(description="trigger", ordering="trigger")
    def asked_by(self, log: SyncLog) -> str:
        trigger = Trigger(log.trigger).label
        return f"{trigger}, {person(log.user)}" if log.user else trigger

    @admin.display(description="duration", ordering="duration_seconds")
    def lasted(self, log: SyncLog) -> str | None:
        return duration(log.duration_seconds)

    @admin.display(description="removals waiting for a person")
    def waiting(self, log: SyncLog) -> str | None:
        """Count those too many to be flagged unasked; the message says how to accept them."""
        count = log.removals_waiting
        return None if count is None else f"{count:,}"

    @admin.display(description="remarks")
    def remarked(self, log: SyncLog) -> SafeString | str:
        each = ((sentence,) for sentence in log.remarks)
        return format_html_join("\n", '<p class="bqs-text">{}</p>', each) or "No remarks"

    @admin.display(description="attributes that Oracle lacks")
    def lacking(self, log: SyncLog) -> str:
        """Name those that a setting or the usual mapping names."""
        names = in_words(log.absent_attributes)
        return f"{names} (their columns keep their values)" if names else "None missing"

    @admin.display(description="attributes not taken over")
    def not_taken_over(self, log: SyncLog) -> str:
        """Name the tenant's own that a full run found and ORACLE_EXTRA_FIELDS does not name."""
        return in_words(log.unmapped_attributes) or "None found"

    @admin.display(description="Unknown CRM statuses")
    def counted_as_open(self, log: SyncLog) -> str:
        """Name those in neither ORACLE_CLOSED_STATUS_CODES nor ORACLE_OPEN_STATUS_CODES."""
        statuses = in_words(log.unmapped_statuses)
        return f"{statuses} (counted as open)" if log.unmapped_statuses else "None met"

    @admin.display(description="message")
    def message(self, log: SyncLog) -> SafeString | None:
        if log.status == SyncStatus.RUNNING:
            return SafeString("If its process has died, the next run marks it as failed.")
        if not log.error_message:
            return None
        return format_html('<p class="bqs-text">{}</p>', log.error_message)

    def get_object(self, request: HttpRequest, *which: Any) -> SyncLog | None:
        log: SyncLog | None = super().get_object(request, *which)
        if log:
            log.error_message = for_reader(log.error_message, request)
            log.remarks = [for_reader(each, request) for each in log.remarks]
        return log

    def has_trigger_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(START)

    @action(
        description="Sync now",
        # By a method: "sync.trigger_sync" would make the theme's check query the database,
        # and so refuse to migrate an empty one.
        permissions=["trigger"],
        icon="sync",
        variant=ActionVariant.PRIMARY,
        # The dialog is what makes it a POST: the theme runs an action without one on GET.
        dialog={
            "title": "Sync now",
            "description": "Start a sync with Oracle? It runs in the background; this page shows "
            "its progress.",
            "form_submit_text": "Start",
        },
    )
    def sync_now(self, request: HttpRequest, form: BaseDialogForm) -> HttpResponse:
        try:
            log = ask_for_sync(trigger=Trigger.ADMIN, user_id=request.user.pk)
        except (AlreadyRunning, StillQueued) as refusal:
            self.message_user(request, for_reader(str(refusal), request), messages.WARNING)
        except LaunchFailed as failure:
            self.message_user(request, for_reader(str(failure), request), messages.ERROR)
        else:
            self.message_user(request, f"Started: {log}.", messages.SUCCESS)
        return HttpResponse(headers={"HX-Redirect": reverse("admin:sync_synclog_changelist")})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        if request.user.has_perm(VIEW_REJECTED):
            rejected = kwargs["obj"].rejected.visible_to(access_of(request.user))
            context["rejected"] = rejected[:MOST_REJECTED_SHOWN]
            context["rejected_total"] = rejected.count()
        return super().render_change_form(request, context, **kwargs)
