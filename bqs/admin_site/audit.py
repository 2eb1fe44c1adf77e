"""Show the audit in the admin: search and export it, but never change it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet, TextChoices
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter

from audit.models import AuditEvent, AuditKind
from audit.recording import as_dict, record
from opportunities.admin.read_only import DayRangeFilter, ReadOnlyAdmin
from opportunities.lists.export import CHUNK, csv_of
from opportunities.lists.presentation import person

COLUMNS = (
    *("id", "at", "kind", "actor_id", "address", "request_id", "about_kind", "about_id"),
    "details",
)


class Format(TextChoices):
    CSV = "csv", "CSV"
    JSON_LINES = "jsonl", "JSON lines"


CONTENT_TYPES = {Format.CSV: "text/csv; charset=utf-8", Format.JSON_LINES: "application/jsonl"}


class KindFilter(DropdownFilter):
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return AuditKind.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.filter(kind=self.value()) if self.value() else None


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "happened", "who", "address", "about", "request_id")
    list_filter = (KindFilter, ("at", DayRangeFilter))
    list_select_related = ("actor",)
    search_fields = ("address", "request_id", "about_id", "actor__username", "actor__last_name")
    search_help_text = "Address, request id, user name, or the id of what it is about"
    fields: ClassVar = [*("at", "happened", "who", "address", "request_id", "about", "details")]
    list_before_template = "admin/audit/auditevent/export.html"

    @admin.display(description="what", ordering="kind")
    def happened(self, event: AuditEvent) -> str:
        return event.label

    @admin.display(description="by", ordering="actor", empty_value="–")
    def who(self, event: AuditEvent) -> str | None:
        return person(event.actor) if event.actor else None

    @admin.display(description="about", empty_value="–")
    def about(self, event: AuditEvent) -> str | None:
        return f"{event.about_kind} {event.about_id}".strip() or None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export)
        return [
            path("export/<str:kind>", view, name="audit_auditevent_export"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "kinds": list(Format)})

    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """Stream the events that are listed, all pages of them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in Format.values:
            raise Http404
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{reverse('admin:audit_auditevent_changelist')}?e=1")
        about, query = (AuditEvent._meta.label_lower, ""), request.GET.urlencode()
        record(AuditKind.EXPORT_MADE, about=about, format=kind, rows=rows.count(), query=query)
        events = rows.iterator(chunk_size=CHUNK)
        name = f"audit-{timezone.localtime():%Y-%m-%d-%H%M}.{kind}"
        told = ([_told(event, name) for name in COLUMNS] for event in events)
        return StreamingHttpResponse(
            csv_of(COLUMNS, told) if kind == Format.CSV else _json_lines(events),
            content_type=CONTENT_TYPES[Format(kind)],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _told(event: AuditEvent, name: str) -> Any:
    value = getattr(event, name)
    return json.dumps(value, cls=DjangoJSONEncoder) if name == "details" else value


def _json_lines(events: Iterable[AuditEvent]) -> Iterator[str]:
    for event in events:
        yield f"{json.dumps(as_dict(event), cls=DjangoJSONEncoder)}\n"
