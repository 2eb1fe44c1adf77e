"""Lay out words, pairs and tables on the pages of a PDF, of any length and in any script."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import zip_longest
from typing import Any

from fpdf import FPDF
from fpdf.bidi import auto_detect_base_direction
from fpdf.enums import (
    Align,
    CellBordersLayout,
    MethodReturnValue,
    TableBordersLayout,
    TextDirection,
    XPos,
    YPos,
)
from fpdf.fonts import FontFace
from fpdf.table import Table

from assessments.record.fonts import BOLD, JOINERS, PLAIN, font_of, fonts_for, printable

MARGIN_MM = 18
LABEL_MM = 46
LINE = 1.35
"""Height of a line, in heights of its letters."""
INK, GREY, RULE = (16, 24, 40), (74, 85, 101), (209, 213, 220)
MM_A_POINT = 25.4 / 72
PIECE_LINES = 8
"""A longer cell is printed in pieces, between which a page may end."""
MOST_IN_A_MM = 1.2
"""Characters; hardly any line has so many."""
NUMBER_OF_PAGES = "\x1a" * 5
"""Placeholder until it is known; nobody can type it into a printed text."""
Padding = tuple[float, float, float, float]
"""Above, right, below, left; millimetres."""
PAIR_PADDING, GRID_PADDING = (0.4, 0, 0.4, 0), (1, 2, 1, 0)


class PdfLayout(FPDF):
    def __init__(self, footer: str, everything: str) -> None:
        """
        Args:
            everything: all texts that will be printed, in any order.
        """
        super().__init__(format="A4")
        self.alias_nb_pages(NUMBER_OF_PAGES)
        self.footer_text = printable(footer)
        self.add_font("Inter", fname=PLAIN)
        self.add_font("Inter", style="B", fname=BOLD)
        self._last_fallback = ""
        self._add_fonts_for(printable(everything + footer))
        self.set_margins(MARGIN_MM, MARGIN_MM)
        self.c_margin = 0  # Text starts where the lines of the tables do.
        self.set_auto_page_break(True, margin=MARGIN_MM + 4)
        self.add_page()

    def _add_fonts_for(self, text: str) -> None:
        others = fonts_for(text)
        for path in others:
            self.add_font(path.stem, fname=path)
        if others:
            self.set_fallback_fonts([path.stem for path in others], exact_match=False)
            # Arabic letters join, those of India move: neither can be read without it.
            self.set_text_shaping(True)

    def get_fallback_font(self, char: str, style: str = "") -> str | None:
        """Return the font that has the character; a joiner is drawn by the font before it."""
        path = font_of(char)
        if path and not (char in JOINERS and self._last_fallback):
            self._last_fallback = path.stem.lower()
        return self._last_fallback or None

    def footer(self) -> None:
        self.set_y(-MARGIN_MM)
        self.face(8, GREY)
        self.cell(self.epw / 2, text=self.footer_text)
        self.cell(self.epw / 2, text=f"{self.page_no()} of {NUMBER_OF_PAGES}", align="R")

    def face(self, points: float, colour: Sequence[int] = INK, style: str = "") -> None:
        self.set_font("Inter", style, points)
        self.set_text_color(*colour)

    def words(
        self, text: str, points: float = 10, colour: Sequence[int] = INK, style: str = ""
    ) -> None:
        self.face(points, colour, style)
        for paragraph in printable(text).split("\n"):
            self.multi_cell(
                0,
                points * MM_A_POINT * LINE,
                paragraph,
                align=_side_of(paragraph),
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
            )

    def heading(self, text: str, room_mm: float = 30, points: float = 12.5) -> None:
        """Print a heading; on the next page, unless what follows has room on this one."""
        if self.will_page_break(room_mm):
            self.add_page()
        else:
            self.ln(5)
        self.words(text, points, style="B")
        self.ln(1)

    def pairs(self, rows: Iterable[tuple[str, str]]) -> None:
        widths = (LABEL_MM, self.epw - LABEL_MM)
        self.face(9.5)
        with self._table(widths, 9.5, PAIR_PADDING, first_row_as_headings=False) as table:
            for row in rows:
                self._add_row(table, row, widths, PAIR_PADDING, FontFace(color=GREY))

    def grid(
        self, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]]
    ) -> None:
        """Print a table whose heads are repeated on every page it runs over."""
        self.face(9)
        self.set_draw_color(*RULE)
        bold = FontFace(emphasis="BOLD", color=GREY, size_pt=8.5)
        with self._table(widths, 9, GRID_PADDING, headings_style=bold) as table:
            head = table.row()
            for text in heads:
                head.cell(text, border=CellBordersLayout.BOTTOM)
            for row in rows:
                self._add_row(table, row, widths, GRID_PADDING, None, CellBordersLayout.BOTTOM)

    def _table(
        self, widths: Sequence[float], points: float, padding: Padding, **options: Any
    ) -> AbstractContextManager[Table]:
        return self.table(
            borders_layout=TableBordersLayout.NONE,
            col_widths=tuple(widths),
            line_height=points * MM_A_POINT * LINE,
            text_align="L",
            padding=padding,
            v_align="T",
            **options,
        )

    def _add_row(
        self,
        table: Table,
        texts: Sequence[str],
        widths: Sequence[float],
        padding: Padding,
        first: FontFace | None,
        border: CellBordersLayout = CellBordersLayout.NONE,
    ) -> None:
        """Print one row, which is one for each piece of its longest cell to the table."""
        above, right, below, left = padding
        pieces = [
            list(self._pieces(printable(text), width - left - right))
            for text, width in zip(texts, widths, strict=True)
        ]
        rows = list(zip_longest(*pieces, fillvalue=""))
        for number, cells in enumerate(rows):
            is_first, is_last = number == 0, number == len(rows) - 1
            around = (above if is_first else 0, right, below if is_last else 0, left)
            row = table.row()
            for column, text in enumerate(cells):
                row.cell(
                    text,
                    align=_side_of(text),
                    style=first if column == 0 else None,
                    padding=around,
                    border=border if is_last else CellBordersLayout.NONE,
                )

    def _pieces(self, text: str, width: float) -> Iterator[str]:
        """Yield the text in parts of a few whole lines; each paragraph has its own direction."""
        for paragraph in text.split("\n") if self.text_shaping else [text]:
            rest = paragraph
            while len(rest) > (end := self._end_of_piece(rest, width)):
                yield rest[:end].removesuffix("\n")
                rest = rest[end:].removeprefix(" ")
            yield rest

    def _end_of_piece(self, text: str, width: float) -> int:
        near = "\n".join(text.split("\n", PIECE_LINES + 1)[: PIECE_LINES + 1])
        near = near[: int(PIECE_LINES * width * MOST_IN_A_MM)]
        lines: Any = self.multi_cell(
            width, text=near, align="L", dry_run=True, output=MethodReturnValue.LINES
        )
        end, end_of_line_before = 0, 0
        for line in lines[:PIECE_LINES]:
            end_of_line_before = end
            end += len(line)
            end += near[end : end + 1] in (" ", "\n")
        if len(lines) <= PIECE_LINES and near == text:
            return len(text)
        return _end_of_word(near, end_of_line_before, end)


def _end_of_word(text: str, start: int, end: int) -> int:
    """Return where to part the text at the end or, if it has words, the last end of one."""
    if text[end - 1 : end] in ("", "\n") or " " in text[end - 1 : end + 1]:
        return max(end, 1)
    ends = max(text.rfind(" ", start, end), text.rfind("\n", start, end)) + 1
    if ends > start:
        return ends
    while start < end - 1 and not _may_part(text[end - 1 : end + 1]):
        end -= 1
    return end


def _may_part(pair: str) -> bool:
    """Tell whether this is not a letter with its mark, or joined with another."""
    return not (set(pair) & set(JOINERS)) and unicodedata.category(pair[-1])[0] != "M"


def _side_of(text: str) -> Align:
    is_from_right = auto_detect_base_direction(text) is TextDirection.RTL
    return Align.R if is_from_right else Align.L
