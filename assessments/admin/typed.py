"""What stands in the fields of the form, by their names: as stored, as typed, and what was changed.

Pure but for reading the draft. A save sends what the person changed and nothing else, so that it
never puts back what somebody else has changed meanwhile.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from assessments.content import Content, criteria_in
from assessments.given import answers_of, knockout_answers_of
from assessments.models import Answer, Assessment
from assessments.problems import OtherSave, Problem
from assessments.rules import AnswerKind

Typed = dict[str, str]
COMPETITOR_KEYS = ("name", "strength", "weakness")
SHOWN = "shown"


def names_in(content: Content) -> list[str]:
    """Every field of the form, in the order of the page."""
    checks = [each["code"] for each in content["knockouts"]]
    return [
        *(f"{part}-{code}" for code in checks for part in ("reply", "note", "keepreply")),
        *(
            f"{part}-{code}"
            for code in criteria_in(content)
            for part in ("answer", "comment", "keep")
        ),
        *(f"recorded-{name}" for name in Assessment.RECORDED_FIELDS),
    ]


def stored(content: Content, draft: Assessment | None) -> Typed:
    values = dict.fromkeys(names_in(content), "")
    if draft is None:
        return values
    for code, answer in answers_of(draft).items():
        values |= {f"answer-{code}": _answer(answer), f"comment-{code}": answer.comment}
    for code, reply in knockout_answers_of(draft).items():
        values |= {f"reply-{code}": reply.reply, f"note-{code}": reply.comment}
    recorded = {name: getattr(draft, name) for name in Assessment.RECORDED_FIELDS}
    return values | {f"recorded-{name}": _recorded(value) for name, value in recorded.items()}


def typed(content: Content, data: QueryDict) -> Typed:
    """Browsers send two characters for the end of a line."""
    return {name: data.get(name, "").replace("\r\n", "\n") for name in names_in(content)}


def shown(data: QueryDict) -> Typed:
    """What the page had shown; nothing, where that is not readable."""
    try:
        values = json.loads(data.get(SHOWN, "{}"))
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def changed(before: Mapping[str, str], now: Typed) -> Typed:
    return {name: value for name, value in now.items() if value != before.get(name, "")}


def to_send(values: Typed) -> dict[str, dict[str, Any]]:
    """As save_answers() takes it."""
    sent: dict[str, dict[str, Any]] = {"answers": {}, "knockouts": {}, "recorded": {}}
    for name, value in values.items():
        part, _, code = name.partition("-")
        match part:
            case "answer":
                sent["answers"].setdefault(code, {}).update(_answer_sent(value))
            case "comment":
                sent["answers"].setdefault(code, {})["comment"] = value
            case "reply":
                sent["knockouts"].setdefault(code, {})["reply"] = value
            case "note":
                sent["knockouts"].setdefault(code, {})["comment"] = value
            # Named and unchanged, it is confirmed.
            case "keep":
                sent["answers"].setdefault(code, {})
            case "keepreply":
                sent["knockouts"].setdefault(code, {})
            case "recorded":
                sent["recorded"][code] = _competitors(value) if code == "competitors" else value
    return sent


def field_of(problem: Problem, content: Content) -> str:
    """Where it has to be mended; a group's is mended at its first criterion."""
    code, field = problem.code, problem.field
    for group in content["groups"]:
        if code == group["code"] and group["criteria"]:
            code = group["criteria"][0]["code"]
    if not code:
        return f"recorded-{field}"
    checks = {each["code"] for each in content["knockouts"]}
    return f"{'note' if code in checks and field == 'comment' else field}-{code}"


def fields_of(save: OtherSave) -> Iterator[str]:
    match save.field:
        case "answer":
            yield from (f"answer-{save.code}", f"comment-{save.code}")
        case "reply":
            yield from (f"reply-{save.code}", f"note-{save.code}")
        case name:
            yield f"recorded-{name}"


def _answer(row: Answer) -> str:
    return str(row.rating) if row.rating is not None else row.kind


def _answer_sent(value: str) -> dict[str, Any]:
    if value.isdecimal():
        return {"kind": AnswerKind.RATING, "rating": int(value)}
    return {"kind": value}


def _recorded(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join("; ".join(filter(None, row.values())) for row in value)
    return "" if value is None else str(value)


def _competitors(text: str) -> list[dict[str, str]]:
    """One a line: name; strength; weakness."""
    rows = [[part.strip() for part in line.split(";", 2)] for line in text.splitlines()]
    return [dict(zip(COMPETITOR_KEYS, row, strict=False)) for row in rows if any(row)]
