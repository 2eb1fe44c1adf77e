"""The decision record as a PDF: the same context as the page, the same order."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from assessments.record import AnsweredCriterion, AnsweredGroup, Decided, Record, Scored

FONTS = Path(__file__).parent / "fonts"
MARGIN_MM = 18
LABEL_MM = 46
LINE = 1.35
"""Height of a line, in heights of its letters."""
INK, GREY, RULE = (16, 24, 40), (74, 85, 101), (209, 213, 220)
MM_A_POINT = 25.4 / 72


class _Sheet(FPDF):
    def __init__(self, footer: str) -> None:
        super().__init__(format="A4")
        self.footer_text = footer
        self.add_font("Inter", fname=FONTS / "Inter-Regular.ttf")
        self.add_font("Inter", style="B", fname=FONTS / "Inter-SemiBold.ttf")
        self.set_margins(MARGIN_MM, MARGIN_MM)
        self.c_margin = 0  # Text begins where the rules of the tables do.
        self.set_auto_page_break(True, margin=MARGIN_MM + 4)
        self.add_page()

    def footer(self) -> None:
        self.set_y(-MARGIN_MM)
        self.face(8, GREY)
        self.cell(self.epw / 2, text=self.footer_text)
        self.cell(self.epw / 2, text=f"{self.page_no()} of {{nb}}", align="R")

    def face(self, points: float, colour: Sequence[int] = INK, style: str = "") -> None:
        self.set_font("Inter", style, points)
        self.set_text_color(*colour)

    def words(
        self, text: str, points: float = 10, colour: Sequence[int] = INK, style: str = ""
    ) -> None:
        self.face(points, colour, style)
        self.multi_cell(
            0,
            points * MM_A_POINT * LINE,
            _printable(text),
            align="L",
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def heading(self, text: str, room_mm: float = 30, points: float = 12.5) -> None:
        """With room for what follows, else on the next page."""
        if self.will_page_break(room_mm):
            self.add_page()
        else:
            self.ln(5)
        self.words(text, points, style="B")
        self.ln(1)

    def pairs(self, rows: Iterable[tuple[str, str]]) -> None:
        self.face(9.5)
        with self.table(
            borders_layout=TableBordersLayout.NONE,
            first_row_as_headings=False,
            col_widths=(LABEL_MM, self.epw - LABEL_MM),
            line_height=9.5 * MM_A_POINT * LINE,
            text_align="L",
            padding=(0.4, 0),
            v_align="T",
        ) as table:
            for label, value in rows:
                row = table.row()
                row.cell(_printable(label), style=FontFace(color=GREY))
                row.cell(_printable(value))

    def grid(
        self, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]]
    ) -> None:
        """A table whose heads are repeated on every page it runs over."""
        self.face(9)
        self.set_draw_color(*RULE)
        with self.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=tuple(widths),
            headings_style=FontFace(emphasis="BOLD", color=GREY, size_pt=8.5),
            line_height=9 * MM_A_POINT * LINE,
            text_align="L",
            padding=(1, 2, 1, 0),
            v_align="T",
        ) as table:
            table.row(list(heads))
            for row in rows:
                table.row([_printable(text) for text in row])


def pdf_of(record: Record) -> bytes:
    sheet = _Sheet(f"BQS · {record.number} · printed {record.printed}")
    sheet.set_title(f"Decision record {record.number}")
    sheet.set_lang("en")
    _head(sheet, record)
    _outcome(sheet, record)
    _conditions(sheet, record)
    _facts(sheet, record)
    if record.scored:
        _score(sheet, record.scored)
        _knockouts(sheet, record.scored)
        _answers(sheet, record.scored)
        _recorded(sheet, record.scored)
    _history(sheet, record)
    return bytes(sheet.output())


def _head(sheet: _Sheet, record: Record) -> None:
    sheet.words("Decision record", 10, GREY)
    sheet.words(record.name, 18, style="B")
    sheet.words(f"{record.customer} · {record.number}", 10, GREY)


def _outcome(sheet: _Sheet, record: Record) -> None:
    decision = record.decision
    if decision is None:
        sheet.heading("Not decided yet")
        waiting, nothing = "Submitted, and waiting for a decision.", "Nothing has been submitted."
        sheet.words(waiting if record.scored else nothing)
        return
    marks = [
        *(["override"] if decision.is_override else []),
        *(["without scoring"] if decision.is_unscored else []),
    ]
    sheet.heading(f"Decision: {', '.join([decision.headline, *marks])}")
    sheet.pairs(_decision_rows(decision))


def _decision_rows(decision: Decided) -> list[tuple[str, str]]:
    rows = [
        ("How", decision.action),
        ("Decided by", f"{decision.by}, {decision.at}"),
        ("First approval", decision.first_approved_by),
        ("The score recommended", decision.computed),
        ("Reason", decision.reason_code),
        ("In words", decision.reason),
    ]
    return [(label, text) for label, text in rows if text]


def _conditions(sheet: _Sheet, record: Record) -> None:
    if record.conditions:
        sheet.heading("Conditions")
        rows = [(each.text, each.owner, each.due, each.state) for each in record.conditions]
        sheet.grid(("Condition", "Owner", "Due", "State"), (72, 32, 24, 46), rows)


def _facts(sheet: _Sheet, record: Record) -> None:
    sheet.heading("What the CRM said", room_mm=40)
    sheet.words(
        f"As of {record.facts_as_of}. Last complete sync with the CRM: {record.mirror}.", 9, GREY
    )
    sheet.ln(1)
    sheet.pairs(record.facts)


def _score(sheet: _Sheet, scored: Scored) -> None:
    sheet.heading(f"Score {scored.score} · {scored.band}", room_mm=50)
    sheet.words(
        f"As submitted: version {scored.version}, {scored.submitted}. {scored.template}.", 9, GREY
    )
    sheet.ln(1)
    computed = f"{scored.recommendation}. {scored.feedback}".strip()
    own = f"{scored.sa_recommendation}, confidence {scored.confidence.lower()}"
    rows = [("Computed recommendation", computed), ("SA's recommendation", own)]
    if scored.sa_reason:
        rows.append(("Why it differs", scored.sa_reason))
    rows += [("Held down, because", cap) for cap in scored.caps]
    sheet.pairs(rows)


def _knockouts(sheet: _Sheet, scored: Scored) -> None:
    sheet.heading("Knock-out checks", room_mm=70)
    rows = [(f"{each.label}: {each.text}", each.reply, each.comment) for each in scored.knockouts]
    sheet.grid(("Check", "Answer", "Comment"), (84, 20, 70), rows)


def _answers(sheet: _Sheet, scored: Scored) -> None:
    sheet.heading("Answers", room_mm=45)
    sheet.words("Rated 0 to 5, 5 is best, also for risks. A bad rating of a gate caps.", 9, GREY)
    for group in scored.groups:
        _group(sheet, group)


def _group(sheet: _Sheet, group: AnsweredGroup) -> None:
    room_mm = 16 + 13 * len(group.criteria)
    sheet.heading(f"{group.code} {group.name} · {group.score}", room_mm, points=10.5)
    heads = ("Criterion", "Weight", "Rating", "What that means, and the SA's comment")
    sheet.grid(heads, (46, 15, 21, 92), [_criterion_row(each) for each in group.criteria])


def _criterion_row(criterion: AnsweredCriterion) -> tuple[str, str, str, str]:
    gate = " (gate)" if criterion.is_gate else ""
    comment = f"{criterion.comment} ({criterion.author})" if criterion.comment else ""
    meaning = "\n".join(filter(None, [criterion.anchor, comment]))
    name = f"{criterion.name} · {criterion.code}{gate}"
    return name, str(criterion.weight), criterion.answer, meaning


def _recorded(sheet: _Sheet, scored: Scored) -> None:
    if scored.competitors:
        sheet.heading("Known competitors")
        rows = [(each["name"], each["strength"], each["weakness"]) for each in scored.competitors]
        sheet.grid(("Name", "Strength", "Weakness"), (46, 64, 64), rows)
    if scored.recorded:
        sheet.heading("Recorded, not scored")
        sheet.pairs(scored.recorded)


def _history(sheet: _Sheet, record: Record) -> None:
    if record.history:
        sheet.heading("All decisions on this opportunity")
        rows = [(each.at, each.what, each.by, each.reason) for each in record.history]
        sheet.grid(("When", "What", "By", "Reason"), (36, 48, 30, 60), rows)


def _printable(text: str) -> str:
    """Without what no font draws: control characters other than line breaks."""
    return "".join(each for each in text if each.isprintable() or each == "\n")
