"""A list of opportunities as a file: raw figures, and nothing a spreadsheet would run.

Streamed: the memory it takes does not grow with the rows.
"""

import csv
import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import number_format

from opportunities.columns import COLUMNS, Column
from opportunities.models import Opportunity
from opportunities.presentation import at_home
from opportunities.querysets import OpportunityQuerySet
from opportunities.workbook import workbook_of

logger = logging.getLogger(__name__)
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
    """The text is a sentence for a person."""

    def __init__(self, count: int) -> None:
        most = number_format(settings.EXPORT_MAX_ROWS, force_grouping=True)
        super().__init__(
            f"{number_format(count, force_grouping=True)} opportunities are too many for one file, "
            f"which takes {most}: narrow the list, and export the parts."
        )


def check_row_limit(count: int) -> None:
    """Raises: TooManyRows."""
    if count > settings.EXPORT_MAX_ROWS:
        raise TooManyRows(count)


def file_name(kind: ExportFormat) -> str:
    return f"opportunities-{timezone.localtime():%Y-%m-%d-%H%M}.{kind}"


def csv_lines(rows: OpportunityQuerySet, columns: Columns = COLUMNS) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([column.label for column in columns])
    for values in _values(rows, columns):
        yield writer.writerow([_in_csv(value) for value in values])


def xlsx_file(rows: OpportunityQuerySet, columns: Columns = COLUMNS) -> IO[bytes]:
    """Return a temporary file, to be read from its beginning; it is gone when it is closed."""
    return workbook_of(_values(rows, columns), columns)


def note_export(user: User, kind: ExportFormat, count: int, what: str) -> None:
    """Who took what with them: in the log, and among the actions of the person.

    Args:
        what: the address's query, which brings the same list again.
    """
    told = f"Exported {count} rows as {kind.label}: {what or 'everything'}"
    logger.info("%s exported %d opportunities as %s: %s", user, count, kind, what or "everything")
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Opportunity),
        object_repr=f"{count} opportunities as {kind.label}",
        action_flag=CHANGE,
        change_message=told,
    )


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _values(rows: OpportunityQuerySet, columns: Columns) -> Iterator[list[Any]]:
    now = timezone.now()
    for deal in rows.with_score().iterator(chunk_size=CHUNK):
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
    """A spreadsheet that opens a CSV takes it for a text, whatever it begins with."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
