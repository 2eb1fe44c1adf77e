"""The decision record as a PDF: the same context as the page, the same order."""

import json
from dataclasses import asdict

from assessments.record import AnsweredCriterion, AnsweredGroup, Decided, Record, Scored
from assessments.record_fonts import printable
from assessments.record_sheet import GREY, Sheet


def pdf_of(record: Record) -> bytes:
    everything = json.dumps(asdict(record), ensure_ascii=False, default=str)
    sheet = Sheet(f"BQS · {record.number} · printed {record.printed}", everything)
    sheet.set_title(printable(f"Decision record {record.number}"))
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


def _head(sheet: Sheet, record: Record) -> None:
    sheet.words("Decision record", 10, GREY)
    sheet.words(record.name, 18, style="B")
    sheet.words(f"{record.customer} · {record.number}", 10, GREY)


def _outcome(sheet: Sheet, record: Record) -> None:
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


def _conditions(sheet: Sheet, record: Record) -> None:
    if record.conditions:
        sheet.heading("Conditions")
        rows = [(each.text, each.owner, each.due, each.state) for each in record.conditions]
        sheet.grid(("Condition", "Owner", "Due", "State"), (72, 32, 24, 46), rows)


def _facts(sheet: Sheet, record: Record) -> None:
    sheet.heading("What the CRM said", room_mm=40)
    sheet.words(
        f"As of {record.facts_as_of}. Last complete sync with the CRM: {record.mirror}.", 9, GREY
    )
    sheet.ln(1)
    sheet.pairs(record.facts)


def _score(sheet: Sheet, scored: Scored) -> None:
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


def _knockouts(sheet: Sheet, scored: Scored) -> None:
    sheet.heading("Knock-out checks", room_mm=70)
    rows = [(f"{each.label}: {each.text}", each.reply, each.comment) for each in scored.knockouts]
    sheet.grid(("Check", "Answer", "Comment"), (84, 20, 70), rows)


def _answers(sheet: Sheet, scored: Scored) -> None:
    sheet.heading("Answers", room_mm=45)
    sheet.words("Rated 0 to 5, 5 is best, also for risks. A bad rating of a gate caps.", 9, GREY)
    for group in scored.groups:
        _group(sheet, group)


def _group(sheet: Sheet, group: AnsweredGroup) -> None:
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


def _recorded(sheet: Sheet, scored: Scored) -> None:
    if scored.competitors:
        sheet.heading("Known competitors")
        rows = [(each["name"], each["strength"], each["weakness"]) for each in scored.competitors]
        sheet.grid(("Name", "Strength", "Weakness"), (46, 64, 64), rows)
    if scored.recorded:
        sheet.heading("Recorded, not scored")
        sheet.pairs(scored.recorded)


def _history(sheet: Sheet, record: Record) -> None:
    if record.history:
        sheet.heading("All decisions on this opportunity")
        rows = [(each.at, each.what, each.by, each.reason) for each in record.history]
        sheet.grid(("When", "What", "By", "Reason"), (36, 48, 30, 60), rows)
