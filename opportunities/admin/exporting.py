"""Export the list: the rows, order and tab that are shown, all pages of it."""

from typing import cast

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from opportunities.access.permissions import EXPORT
from opportunities.access.roles import user_of
from opportunities.admin.changelist import TabbedChangeList
from opportunities.lists.export import (
    ExportFormat,
    TooManyRows,
    check_row_limit,
    file_response,
    note_export,
)
from opportunities.lists.slots import NoSlot, until_sent

LIST = "admin:opportunities_opportunity_changelist"


class ExportsList(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export)
        return [
            path("export/<str:kind>", view, name="opportunities_opportunity_export"),
            *super().get_urls(),
        ]

    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        if not request.user.has_perm(EXPORT):
            raise PermissionDenied
        if kind not in ExportFormat.values:
            raise Http404
        try:
            return until_sent(user_of(request).pk, lambda: self._export(request, kind))
        except NoSlot as refusal:
            return self._refused(request, str(refusal))

    def _export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        try:
            changelist = cast(TabbedChangeList, self.get_changelist_instance(request))
            count = changelist.counts[changelist.tab.name]
            check_row_limit(count)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{reverse(LIST)}?e=1")
        except TooManyRows as refusal:
            return self._refused(request, str(refusal))
        note_export(user_of(request), ExportFormat(kind), count, request.GET.urlencode())
        return file_response(ExportFormat(kind), changelist.queryset)

    def _refused(self, request: HttpRequest, sentence: str) -> HttpResponseBase:
        self.message_user(request, sentence, messages.ERROR)
        return HttpResponseRedirect(f"{reverse(LIST)}?{request.GET.urlencode()}")
