"""Export any filtered list: all its pages, in its order, streamed."""

from functools import partial
from typing import Any, ClassVar

from django.http import HttpResponseBase
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from opportunities.access import permissions
from opportunities.access.roles import access_of, user_of
from opportunities.api.filters import OpportunityFilter
from opportunities.api.views import FilteredListView
from opportunities.lists.columns import NoSuchColumn, columns_named
from opportunities.lists.export import (
    CONTENT_TYPES,
    ExportFormat,
    TooManyRows,
    check_row_limit,
    file_response,
    note_export,
)
from opportunities.lists.slots import until_sent
from opportunities.models.querysets import OpportunityQuerySet


class TooManyToExport(APIException):
    status_code = 422
    default_code = "too_many_rows"


class ExportFilter(OpportunityFilter):
    columns = filters.CharFilter(
        method="of_columns",
        help_text="Names with commas, in the order wanted; else the usual ones.",
    )

    def of_columns(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        """Check the names of columns; the rows stay the same."""
        try:
            columns_named(value)
        except NoSuchColumn as fault:
            raise ValidationError({name: [str(fault)]}) from fault
        return rows


class FileType(BaseRenderer):
    """Name the type of a file; the view writes it by itself."""

    def __init__(self, kind: ExportFormat) -> None:
        self.format = kind.value
        self.media_type = CONTENT_TYPES[kind].partition(";")[0]


class FileView(generics.GenericAPIView[Any]):
    """Write rows as one file: within the limit, in a slot of its own, and on record."""

    kind: ClassVar[ExportFormat]
    pagination_class = None

    def get_renderers(self) -> list[BaseRenderer]:
        """Offer the one type of the file; what is no file (OPTIONS) is JSON, as everywhere."""
        is_file = self.request and self.request.method in ("GET", "HEAD")
        return [FileType(self.kind)] if is_file else super().get_renderers()

    def get(self, request: Request, **place: Any) -> HttpResponseBase:
        return until_sent(user_of(request).pk, partial(self._export, request))

    def _export(self, request: Request) -> HttpResponseBase:
        rows: Any = self.filter_queryset(self.get_queryset())
        count = rows.count()
        try:
            check_row_limit(count)
        except TooManyRows as refusal:
            raise TooManyToExport(str(refusal)) from refusal
        user: Any = access_of(request.user).user
        note_export(user, self.kind, count, self.source(request))
        return self.file(rows)

    def source(self, request: Request) -> str:
        """Return what brings the same rows again, for the record."""
        return request.query_params.urlencode()

    def file(self, rows: Any) -> HttpResponseBase:
        """Return the rows as the file."""
        raise NotImplementedError


class Export(FileView, FilteredListView):
    rights: ClassVar = {"GET": permissions.EXPORT}
    filterset_class = ExportFilter

    def is_costly(self, request: Request) -> bool:
        """Return False: a file has a slot of its own."""
        return False

    def file(self, rows: OpportunityQuerySet) -> HttpResponseBase:
        columns = columns_named(self.request.query_params.get("columns", ""))
        return file_response(self.kind, rows, columns)


def _described(kind: ExportFormat) -> Any:
    return extend_schema_view(
        get=extend_schema(
            summary=f"The filtered list as {kind.label}, all pages",
            description=(
                "Raw figures with their currency, ISO dates, nothing a spreadsheet would run. "
                "Who exported what is kept in the log. A file takes EXPORT_MAX_ROWS rows (100,000 "
                "unless set); a longer list is refused with both numbers. Of a user one export is "
                "written at a time, of all users EXPORTS_AT_ONCE."
            ),
            operation_id=f"opportunities_export_{kind.value}",
            filters=True,
            responses={
                (200, CONTENT_TYPES[kind]): OpenApiTypes.BINARY,
                422: OpenApiResponse(description="More rows than a file takes; `detail` says it."),
            },
        )
    )


@_described(ExportFormat.CSV)
class ExportCsv(Export):
    kind = ExportFormat.CSV


@_described(ExportFormat.XLSX)
class ExportXlsx(Export):
    kind = ExportFormat.XLSX
