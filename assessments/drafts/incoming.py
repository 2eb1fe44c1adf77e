"""Parse the answers that a form or a program sends, and refuse what makes no sense.

Nothing has to be complete: what is not sent stays, and a comment may come before its answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DecimalField

from assessments.drafts.authors import label_of
from assessments.drafts.problems import AnswersRefused, Problem
from assessments.drafts.template_document import Document, criteria_in
from assessments.models import Assessment
from assessments.scoring.rules import RATINGS, AnswerKind, KnockoutReply
from opportunities.domain.decimals import NoNumber, read_decimal

Sent = Mapping[str, Any]
ANSWER_KEYS = {"kind", "rating", "comment"}
REPLY_KEYS = {"reply", "comment"}
COMPETITOR_KEYS = ("name", "strength", "weakness")


@dataclass
class Incoming:
    """Hold the columns that were sent: by code of the question, or by name of the field."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    replies: dict[str, dict[str, Any]] = field(default_factory=dict)
    recorded: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.answers or self.replies or self.recorded)


def parse_incoming(document: Document, answers: Sent, knockouts: Sent, recorded: Sent) -> Incoming:
    """Return the columns to save.

    Raises: AnswersRefused, with every value that cannot be saved.
    """
    incoming, problems = Incoming(), list[Problem]()
    criteria, limit = criteria_in(document), document["longest_comment"]
    checks = {each["code"]: each for each in document["knockouts"]}
    for code, sent in answers.items():
        wrong = _shape_problems(code, sent, criteria, ANSWER_KEYS, limit)
        if not wrong:
            incoming.answers[code] = _answer_columns(sent)
            wrong = list(_answer_problems(criteria[code], incoming.answers[code]))
        problems += wrong
    for code, sent in knockouts.items():
        wrong = _shape_problems(code, sent, checks, REPLY_KEYS, limit)
        if not wrong:
            incoming.replies[code] = dict(sent)
            if sent.get("reply", "") not in ("", *KnockoutReply.values):
                sentence = f"{code}: reply with one of {', '.join(KnockoutReply)}."
                wrong = [Problem(code, "reply", sentence)]
        problems += wrong
    for name, value in recorded.items():
        problems += _read_recorded(name, value, incoming.recorded)
    if problems:
        raise AnswersRefused(problems)
    return incoming


def _shape_problems(
    code: str, sent: Any, asked: Mapping[str, Any], keys: set[str], longest: int
) -> list[Problem]:
    if code not in asked:
        return [Problem(code, "answer", f"This template has no question {code}.")]
    if not isinstance(sent, Mapping) or not set(sent) <= keys:
        return [Problem(code, "answer", f"{code}: send only {', '.join(sorted(keys))}.")]
    comment = sent.get("comment", "")
    if not isinstance(comment, str):
        return [Problem(code, "comment", f"{code}: the comment must be text.")]
    if len(comment) > longest:
        sentence = f"{code}: the comment has {len(comment)} characters. Shorten it to {longest}."
        return [Problem(code, "comment", sentence)]
    return []


def _answer_columns(sent: Sent) -> dict[str, Any]:
    """Add the rating to a kind, and the kind to a rating: they change together."""
    columns = dict(sent)
    if columns.get("rating") is not None:
        columns.setdefault("kind", AnswerKind.RATING)
    elif "kind" in columns or "rating" in columns:
        columns |= {"kind": columns.get("kind") or "", "rating": None}
    return columns


def _answer_problems(criterion: Document, columns: Sent) -> Iterator[Problem]:
    code, kind, rating = criterion["code"], columns.get("kind", ""), columns.get("rating")
    if kind and kind not in AnswerKind.values:
        yield Problem(code, "answer", f"{code}: answer with one of {', '.join(AnswerKind)}.")
    elif kind == AnswerKind.NA and criterion["is_gate"]:
        sentence = f"{code} is a gate and always applies. Rate it, or answer Unknown."
        yield Problem(code, "answer", sentence)
    # True is a number to Python, and no rating.
    is_rating = type(rating) is int and rating in RATINGS
    if (kind == AnswerKind.RATING) != is_rating or (rating is not None and not is_rating):
        yield Problem(code, "answer", f"{code}: enter a whole number from 0 to 5.")


def _read_recorded(name: str, value: Any, into: dict[str, Any]) -> Iterator[Problem]:
    if name not in Assessment.RECORDED_FIELDS:
        yield Problem("", name, f"An assessment has no field {name}.")
        return
    try:
        into[name] = _competitors(value) if name == "competitors" else _column(name, value)
    except ValidationError as error:
        yield Problem("", name, f"{label_of(Assessment, name)}: {' '.join(error.messages)}")


def _column(name: str, value: Any) -> Any:
    """Return the value as the column stores it; an empty text clears a number or a date."""
    column: Any = Assessment._meta.get_field(name)
    if value in ("", None):
        return None if column.null else ""
    if isinstance(value, float):
        value = str(value)
    try:
        if isinstance(value, str) and isinstance(column, DecimalField):
            value = read_decimal(value)
        read = column.clean(value, None)
    except NoNumber as fault:
        raise ValidationError(str(fault)) from None
    except (InvalidOperation, TypeError):
        raise ValidationError("Write a number.") from None
    if isinstance(read, Decimal) and read < 0:
        raise ValidationError("Enter 0 or more.")
    return read


def _competitors(value: Any) -> list[dict[str, str]]:
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise ValidationError("Send a list of {name, strength, weakness}.")
    rows = [{key: str(each.get(key) or "").strip() for key in COMPETITOR_KEYS} for each in value]
    if not all(row["name"] for row in rows):
        raise ValidationError("Name each competitor.")
    return rows
