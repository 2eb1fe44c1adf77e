"""The list as a file: exactly the rows, the order and the tab that are shown, all pages of it."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import URLPattern, path, reverse

from opportunities.export import (
    CONTENT_TYPES,
    ExportFormat,
    TooManyRows,
    check_row_limit,
    csv_lines,
    file_name,
    note_export,
    xlsx_file,
)
from opportunities.querysets import OpportunityQuerySet

LIST = "admin:opportunities_opportunity_changelist"


class ExportsList(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export)
        return [
            path("export/<str:kind>", view, name="opportunities_opportunity_export"),
            *super().get_urls(),
        ]

    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in ExportFormat.values:
            raise Http404
        try:
            changelist = self.get_changelist_instance(request)
            count = changelist.counts[changelist.tab.name]
            check_row_limit(count)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{reverse(LIST)}?e=1")
        except TooManyRows as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(f"{reverse(LIST)}?{request.GET.urlencode()}")
        note_export(request.user, ExportFormat(kind), count, request.GET.urlencode())
        return _answer(ExportFormat(kind), changelist.queryset)


def _answer(kind: ExportFormat, rows: OpportunityQuerySet) -> HttpResponseBase:
    if kind is ExportFormat.XLSX:
        return FileResponse(
            xlsx_file(rows),
            as_attachment=True,
            filename=file_name(kind),
            content_type=CONTENT_TYPES[kind],
        )
    return StreamingHttpResponse(
        csv_lines(rows),
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{file_name(kind)}"'},
    )
