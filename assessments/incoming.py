"""What a form or a program sends to be saved: read, and refused where it makes no sense.

Partial: what is not named stays. A comment may come before its answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DecimalField

from assessments.content import Content, criteria_in
from assessments.models import Assessment
from assessments.problems import AnswersRefused, Problem
from assessments.rules import RATINGS, AnswerKind, KnockoutReply
from opportunities.decimals import NoNumber, read_decimal

Sent = Mapping[str, Any]
ANSWER_KEYS = {"kind", "rating", "comment"}
REPLY_KEYS = {"reply", "comment"}
COMPETITOR_KEYS = ("name", "strength", "weakness")


@dataclass
class Incoming:
    """Columns by code, and recorded columns by name; only what was sent."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    replies: dict[str, dict[str, Any]] = field(default_factory=dict)
    recorded: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.answers or self.replies or self.recorded)


def understand(content: Content, answers: Sent, knockouts: Sent, recorded: Sent) -> Incoming:
    """Raises: AnswersRefused, with every value that cannot be kept."""
    incoming, problems = Incoming(), list[Problem]()
    criteria, limit = criteria_in(content), content["longest_comment"]
    checks = {each["code"]: each for each in content["knockouts"]}
    for code, sent in answers.items():
        problems += _shape_problems(code, sent, criteria, ANSWER_KEYS, limit) or _answer_problems(
            criteria[code], sent
        )
        incoming.answers[code] = _answer_columns(sent)
    for code, sent in knockouts.items():
        problems += _shape_problems(code, sent, checks, REPLY_KEYS, limit) or _reply_problems(
            code, sent
        )
        incoming.replies[code] = dict(sent) if isinstance(sent, Mapping) else {}
    for name, value in recorded.items():
        problems += _read_recorded(name, value, incoming.recorded)
    if problems:
        raise AnswersRefused(problems)
    return incoming


def _shape_problems(
    code: str, sent: Any, known: Mapping[str, Any], keys: set[str], longest: int
) -> list[Problem]:
    if code not in known:
        return [Problem(code, "answer", f"This template does not ask {code}.")]
    if not isinstance(sent, Mapping) or not set(sent) <= keys:
        return [Problem(code, "answer", f"{code}: send {', '.join(sorted(keys))}, no others.")]
    comment = sent.get("comment", "")
    if not isinstance(comment, str):
        return [Problem(code, "comment", f"{code}: a comment is a text.")]
    if len(comment) > longest:
        sentence = f"{code}: the comment has {len(comment)} characters; {longest} are possible."
        return [Problem(code, "comment", sentence)]
    return []


def _answer_problems(criterion: Content, sent: Sent) -> Iterator[Problem]:
    code, columns = criterion["code"], _answer_columns(sent)
    kind, rating = columns.get("kind", ""), columns.get("rating")
    if kind and kind not in AnswerKind.values:
        yield Problem(code, "answer", f"{code}: an answer is one of {', '.join(AnswerKind)}.")
    elif kind == AnswerKind.NA and criterion["is_gate"]:
        sentence = f"{code} is a gate criterion, which is always applicable: rate it, or Unknown."
        yield Problem(code, "answer", sentence)
    # True is a number to Python, and no rating.
    is_rating = type(rating) is int and rating in RATINGS
    if (kind == AnswerKind.RATING) != is_rating or (rating is not None and not is_rating):
        yield Problem(code, "answer", f"{code}: rate it with a whole number from 0 to 5.")


def _reply_problems(code: str, sent: Sent) -> Iterator[Problem]:
    if sent.get("reply", "") not in ("", *KnockoutReply.values):
        yield Problem(code, "reply", f"{code}: the reply is one of {', '.join(KnockoutReply)}.")


def _answer_columns(sent: Any) -> dict[str, Any]:
    """Kind and rating come and go together."""
    if not isinstance(sent, Mapping):
        return {}
    columns = dict(sent)
    if columns.get("rating") is not None:
        columns.setdefault("kind", AnswerKind.RATING)
    elif "kind" in columns or "rating" in columns:
        columns |= {"kind": columns.get("kind") or "", "rating": None}
    return columns


def _read_recorded(name: str, value: Any, into: dict[str, Any]) -> Iterator[Problem]:
    if name not in Assessment.RECORDED_FIELDS:
        yield Problem("", name, f"There is no field {name} to record.")
        return
    try:
        into[name] = _competitors(value) if name == "competitors" else _column(name, value)
    except ValidationError as error:
        label = str(getattr(Assessment._meta.get_field(name), "verbose_name", name)).capitalize()
        yield Problem("", name, f"{label}: {' '.join(error.messages)}")


def _column(name: str, value: Any) -> Any:
    """As the column keeps it; an empty text clears a number or a date."""
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
        raise ValidationError("This cannot be less than 0.")
    return read


def _competitors(value: Any) -> list[dict[str, str]]:
    """{name, strength, weakness} each, the last two of them optional."""
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise ValidationError("Send a list of {name, strength, weakness}.")
    rows = [{key: str(each.get(key) or "").strip() for key in COMPETITOR_KEYS} for each in value]
    if not all(row["name"] for row in rows):
        raise ValidationError("Name each competitor.")
    return rows
