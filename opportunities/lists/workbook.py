"""Write a list as an Excel file: dates as dates, amounts as amounts, no text as a formula."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import IO, Any

import xlsxwriter

from opportunities.lists.columns import Column
from opportunities.lists.presentation import at_home

FIRST_YEAR = 1900
"""Excel knows no day before; one is written as a text."""
MOST_DIGITS = 15
"""Excel rounds a longer number, so that is written as a text, too."""
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


def workbook_of(rows: Iterable[Sequence[Any]], columns: Sequence[Column]) -> IO[bytes]:
    """Return a temporary file, to be read from its beginning; it is gone when it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet, bold = book.add_worksheet("Opportunities"), book.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.label, bold)
        written, last = _Cells(book, sheet), 0
        for last, values in enumerate(rows, start=1):
            for place, value in enumerate(values):
                written.write(last, place, value)
        sheet.autofilter(0, 0, last, len(columns) - 1)
    file.seek(0)
    return file


class _Cells:
    def __init__(self, book: Any, sheet: Any) -> None:
        self._sheet = sheet
        self._look = cache(lambda number_format: book.add_format({"num_format": number_format}))

    def write(self, row: int, place: int, value: Any) -> None:
        match value:
            case None:
                return
            case date():
                self._write_time(row, place, value)
            case Decimal() if len(value.as_tuple().digits) <= MOST_DIGITS:
                exponent: Any = value.as_tuple().exponent
                self._sheet.write_number(row, place, value, self._look(_places(-exponent)))
            case int():
                self._sheet.write_number(row, place, value)
            case _:
                self._sheet.write_string(row, place, str(value))

    def _write_time(self, row: int, place: int, value: date) -> None:
        look = self._look(DAY)
        if isinstance(value, datetime):
            value, look = at_home(value).replace(tzinfo=None, microsecond=0), self._look(MOMENT)
        if value.year < FIRST_YEAR:
            self._sheet.write_string(row, place, value.isoformat())
        else:
            self._sheet.write_datetime(row, place, value, look)


def _places(count: int) -> str:
    return f"#,##0.{'0' * count}" if count > 0 else "#,##0"
