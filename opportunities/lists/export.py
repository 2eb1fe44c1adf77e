"""Write a list of opportunities as a file: raw figures, and nothing a spreadsheet would run.

Streamed: the memory it takes does not grow with the rows.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import TextChoices
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.formats import number_format

from audit.models import AuditKind
from audit.recording import record
from opportunities.lists.columns import Column, usual_columns
from opportunities.lists.presentation import at_home
from opportunities.lists.workbook import workbook_of
from opportunities.models import Opportunity
from opportunities.models.querysets import OpportunityQuerySet

CHUNK = 2000
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"
Columns = Sequence[Column]


class ExportFormat(TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel"


CONTENT_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class TooManyRows(Exception):
    """Carry a sentence for a person."""

    def __init__(self, count: int) -> None:
        most = number_format(settings.EXPORT_MAX_ROWS, force_grouping=True)
        super().__init__(
            f"{number_format(count, force_grouping=True)} opportunities are too many for one file, "
            f"which holds {most}. Filter the list, and export it in parts."
        )


def check_row_limit(count: int) -> None:
    """Refuse more rows than a file takes. Raises: TooManyRows."""
    if count > settings.EXPORT_MAX_ROWS:
        raise TooManyRows(count)


def file_name(kind: ExportFormat) -> str:
    return f"opportunities-{timezone.localtime():%Y-%m-%d-%H%M}.{kind}"


def csv_of(labels: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(labels)
    for values in rows:
        yield writer.writerow([_in_csv(value) for value in values])


def file_response(
    kind: ExportFormat, rows: OpportunityQuerySet, columns: Columns = ()
) -> HttpResponseBase:
    """Return the file; the usual columns, unless others are named."""
    columns, name = columns or usual_columns(), file_name(kind)
    if kind is ExportFormat.XLSX:
        file = workbook_of(_values(rows, columns), columns)
        return FileResponse(
            file, as_attachment=True, filename=name, content_type=CONTENT_TYPES[kind]
        )
    lines = csv_of([column.label for column in columns], _values(rows, columns))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type=CONTENT_TYPES[kind], headers=headers)


def note_export(user: User, kind: str, count: int, what: str) -> None:
    """Put on record who took what with them.

    Args:
        what: the address's query, which brings the same list again.
    """
    about = Opportunity._meta.label_lower, ""
    record(AuditKind.EXPORT_MADE, actor=user, about=about, format=kind, rows=count, query=what)


class _Echo:
    """Hand back what is written to it, as a file for the csv module."""

    def write(self, line: str) -> str:
        return line


def _values(rows: OpportunityQuerySet, columns: Columns) -> Iterator[list[Any]]:
    now = timezone.now()
    for deal in rows.iterator(chunk_size=CHUNK):
        yield [column.read(deal, now) for column in columns]


def _in_csv(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return at_home(value).isoformat(timespec="seconds")
        case date() | Decimal() | int():
            return str(value)
    return _harmless(str(value))


def _harmless(text: str) -> str:
    """Mark a text so that a spreadsheet that opens a CSV does not take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
