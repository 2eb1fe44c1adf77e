"""Print the decision record as a PDF, in the order of its page."""

import json
from collections.abc import Sequence
from dataclasses import asdict, astuple
from typing import Any

from assessments.record.fonts import printable
from assessments.record.parts import AnsweredCriterion, AnsweredGroup, Record, Scored
from assessments.record.pdf_layout import GREY, PdfLayout


def pdf_of(record: Record) -> bytes:
    everything = json.dumps(asdict(record), ensure_ascii=False, default=str)
    pdf = PdfLayout(f"BQS · {record.number} · {record.seal} · printed {record.printed}", everything)
    pdf.set_title(printable(f"Decision record {record.number}"))
    pdf.set_lang("en")
    _head(pdf, record)
    _outcome(pdf, record)
    heads = {"Condition": 72, "Owner": 32, "Due": 24, "State": 46}
    _table(pdf, "Conditions", heads, record.conditions)
    heads = {"Name": 48, "Address or digest": 60, "Added by": 30, "When": 36}
    _table(pdf, "Attachments", heads, record.attachments)
    _facts(pdf, record)
    if record.scored:
        _score(pdf, record.scored)
        _knockouts(pdf, record.scored)
        _answers(pdf, record.scored)
        _recorded(pdf, record.scored)
    heads = {"Criterion": 46, "Comments and replies": 92, "State": 36}
    _table(pdf, "Review comments", heads, record.review)
    heads = {"When": 36, "What": 48, "By": 30, "Reason": 60}
    _table(pdf, "All decisions on this opportunity", heads, record.history)
    return bytes(pdf.output())


def _table(pdf: PdfLayout, heading: str, heads: dict[str, int], lines: Sequence[Any]) -> None:
    """Print a part of the record whose fields are the columns, if there is any of it.

    Args:
        heads: column -> its width in mm.
    """
    if lines:
        pdf.heading(heading)
        pdf.grid([*heads], [*heads.values()], [astuple(each) for each in lines])


def _head(pdf: PdfLayout, record: Record) -> None:
    pdf.words("Decision record", 10, GREY)
    pdf.words(record.name, 18, style="B")
    pdf.words(f"{record.customer} · {record.number}", 10, GREY)


def _outcome(pdf: PdfLayout, record: Record) -> None:
    decision = record.decision
    if decision is None:
        pdf.heading("Not decided yet")
        waiting, nothing = "Submitted. Waiting for a decision.", "Nothing has been submitted."
        pdf.words(waiting if record.scored else nothing)
        return
    marks = [
        *(["override"] if decision.is_override else []),
        *(["without scoring"] if decision.is_unscored else []),
    ]
    pdf.heading(f"Decision: {', '.join([decision.headline, *marks])}")
    rows = [
        ("Action", decision.action),
        ("Decided by", f"{decision.by}, {decision.at}"),
        ("First approval", decision.first_approved_by),
        ("The score recommended", decision.computed),
        ("Reason", decision.reason_code),
        ("Explanation", decision.reason),
    ]
    pdf.pairs((label, text) for label, text in rows if text)


def _facts(pdf: PdfLayout, record: Record) -> None:
    pdf.heading("CRM data", room_mm=40)
    pdf.words(
        f"As of {record.facts_as_of}. Last complete sync with the CRM: {record.mirror}.", 9, GREY
    )
    pdf.ln(1)
    pdf.pairs(record.facts)


def _score(pdf: PdfLayout, scored: Scored) -> None:
    pdf.heading(f"Score {scored.score} · {scored.band}", room_mm=50)
    pdf.words(
        f"As submitted: version {scored.version}, {scored.submitted}. {scored.template}.", 9, GREY
    )
    pdf.ln(1)
    computed = f"{scored.recommendation}. {scored.feedback}".strip()
    own = f"{scored.sa_recommendation}, confidence {scored.confidence.lower()}"
    rows = [("Computed recommendation", computed), ("SA's recommendation", own)]
    if scored.sa_reason:
        rows.append(("Why it differs", scored.sa_reason))
    rows += [("Capped, because", cap) for cap in scored.caps]
    pdf.pairs(rows)


def _knockouts(pdf: PdfLayout, scored: Scored) -> None:
    pdf.heading("Knock-out checks", room_mm=70)
    rows = [(f"{each.label}: {each.text}", each.reply, each.comment) for each in scored.knockouts]
    pdf.grid(("Check", "Answer", "Comment"), (84, 20, 70), rows)


def _answers(pdf: PdfLayout, scored: Scored) -> None:
    pdf.heading("Answers", room_mm=45)
    pdf.words(
        "Rated 0 to 5; 5 is best, for risks too. A bad rating of a gate limits the recommendation.",
        9,
        GREY,
    )
    for group in scored.groups:
        _group(pdf, group)


def _group(pdf: PdfLayout, group: AnsweredGroup) -> None:
    room_mm = 16 + 13 * len(group.criteria)
    pdf.heading(f"{group.code} {group.name} · {group.score}", room_mm, points=10.5)
    heads = ("Criterion", "Weight", "Rating", "Meaning and comment")
    pdf.grid(heads, (46, 15, 21, 92), [_criterion_row(each) for each in group.criteria])


def _criterion_row(criterion: AnsweredCriterion) -> tuple[str, str, str, str]:
    gate = " (gate)" if criterion.is_gate else ""
    comment = f"{criterion.comment} ({criterion.author})" if criterion.comment else ""
    meaning = "\n".join(filter(None, [criterion.anchor, comment]))
    name = f"{criterion.name} · {criterion.code}{gate}"
    return name, str(criterion.weight), criterion.answer, meaning


def _recorded(pdf: PdfLayout, scored: Scored) -> None:
    if scored.competitors:
        pdf.heading("Known competitors")
        rows = [(each["name"], each["strength"], each["weakness"]) for each in scored.competitors]
        pdf.grid(("Name", "Strength", "Weakness"), (46, 64, 64), rows)
    if scored.recorded:
        pdf.heading("Not scored")
        pdf.pairs(scored.recorded)
    if scored.authors:
        pdf.heading("Who wrote what")
        pdf.pairs(scored.authors)
