"""The form of an assessment, ready to be drawn: every question with its choices and its trouble."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.admin.typed import Typed, field_of, fields_of, names_in
from assessments.content import Content
from assessments.models import Assessment, Confidence
from assessments.problems import OtherSave, Problem
from assessments.rules import RATINGS, AnswerKind, KnockoutReply, Recommendation
from assessments.scoring import Scoring

TEXTS = ("sales_owner_view", "open_risks", "lessons", "competitors", "sa_reason")
CHOICES = {"sa_recommendation": Recommendation.choices, "confidence": Confidence.choices}
TYPES = {"customer_deadline_on": "date"}
JUDGED = ("sa_recommendation", "sa_reason", "confidence")


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Input:
    """One field: what is in it, what is wrong with it, what somebody else saved there."""

    name: str
    label: str
    value: str
    errors: list[str]
    theirs: list[str]
    choices: list[Choice] = field(default_factory=list)
    kind: str = "text"
    help: str = ""


@dataclass(frozen=True)
class Question:
    code: str
    name: str
    question: str
    why: str
    weight: int
    is_gate: bool
    answer: Input
    comment: Input
    rows: int
    """Lines of the comment's field."""
    review: list[str]
    """What the reviewer said of it when it was sent back."""
    keep: Input
    """Ticked, it confirms what was carried over; its help says from whom and when, or nothing."""


@dataclass(frozen=True)
class Group:
    code: str
    name: str
    weight: int
    score: Any
    questions: list[Question]


@dataclass(frozen=True)
class Sheet:
    knockouts: list[Question]
    groups: list[Group]
    judged: list[Input]
    recorded: list[Input]
    summary: list[tuple[str, str]]
    """(field to go to, sentence) of everything that is wrong."""
    version: int
    shown: str
    commented: str
    """The answers that need a comment, for the marker beside it."""


@dataclass
class Trouble:
    problems: Sequence[Problem] = ()
    saves: Sequence[OtherSave] = ()
    reviews: dict[str, list[str]] = field(default_factory=dict)
    carried: dict[str, str] = field(default_factory=dict)
    """By name of the field that confirms it: who had answered it, and when."""


class SheetMaker:
    def __init__(self, content: Content, values: Typed, trouble: Trouble) -> None:
        self.content, self.values, self.reviews = content, values, trouble.reviews
        self.carried = trouble.carried
        self.errors: dict[str, list[str]] = {}
        for problem in trouble.problems:
            self.errors.setdefault(field_of(problem, content), []).append(problem.sentence)
        self.theirs: dict[str, list[str]] = {}
        for save in trouble.saves:
            for name in fields_of(save):
                self.theirs.setdefault(name, []).append(_told(save, name))

    def sheet(self, version: int, shown: Typed, scoring: Scoring | None) -> Sheet:
        return Sheet(
            knockouts=[self._knockout(each) for each in self.content["knockouts"]],
            groups=list(self._groups(scoring)),
            judged=[self._recorded(name) for name in JUDGED],
            recorded=[
                self._recorded(name) for name in Assessment.RECORDED_FIELDS if name not in JUDGED
            ],
            summary=[
                (name, sentence)
                for name in names_in(self.content)
                for sentence in self.errors.get(name, ())
            ],
            version=version,
            shown=json.dumps(shown),
            commented=" ".join([*map(str, self.content["commented_ratings"]), "UNKNOWN", "NA"]),
        )

    def _groups(self, scoring: Scoring | None) -> Iterator[Group]:
        for group in self.content["groups"]:
            questions = [self._criterion(each) for each in group["criteria"]]
            weight = sum(each["weight"] for each in group["criteria"])
            score = scoring.group_scores.get(group["code"]) if scoring else None
            yield Group(group["code"], group["name"], weight, score, questions)

    def _criterion(self, criterion: Content) -> Question:
        code, name = criterion["code"], f"answer-{criterion['code']}"
        choices = [
            self._choice(name, str(rating), str(rating), criterion["anchors"].get(str(rating), ""))
            for rating in RATINGS
        ]
        choices.append(
            self._choice(name, AnswerKind.UNKNOWN, "Unknown", "Earns nothing until it is known")
        )
        if not criterion["is_gate"]:
            choices.append(
                self._choice(name, AnswerKind.NA, "N/A", "Leaves the sum, with a reason")
            )
        return Question(
            code,
            criterion["name"],
            criterion["question"],
            criterion["why"],
            criterion["weight"],
            criterion["is_gate"],
            self._input(name, criterion["question"], choices=choices),
            self._input(f"comment-{code}", "Comment"),
            2,
            self.reviews.get(code, []),
            self._keep(f"keep-{code}"),
        )

    def _knockout(self, knockout: Content) -> Question:
        code, name = knockout["code"], f"reply-{knockout['code']}"
        choices = [self._choice(name, *each, "") for each in KnockoutReply.choices]
        reply = self._input(name, knockout["text"], choices=choices)
        note = self._input(f"note-{code}", "Comment")
        text, keep = knockout["text"], self._keep(f"keepreply-{code}")
        return Question(code, text, text, "", 0, False, reply, note, 1, [], keep)

    def _keep(self, name: str) -> Input:
        return self._input(name, "Still so", help=self.carried.get(name, ""))

    def _recorded(self, column: str) -> Input:
        name, described = f"recorded-{column}", Assessment._meta.get_field(column)
        choices = [self._choice(name, *each, "") for each in CHOICES.get(column, ())]
        kind = (
            "choices" if choices else "textarea" if column in TEXTS else TYPES.get(column, "text")
        )
        label = str(described.verbose_name)  # type: ignore[union-attr]
        help_text = {
            "competitors": "One a line: name; strength; weakness.",
            "bid_effort_days": "Person-days.",
        }.get(column, "")
        return self._input(
            name, label[0].upper() + label[1:], choices=choices, kind=kind, help=help_text
        )

    def _choice(self, name: str, value: str, label: str, text: str) -> Choice:
        return Choice(value, label, text, self.values.get(name, "") == value)

    def _input(self, name: str, label: str, **more: Any) -> Input:
        return Input(
            name,
            label,
            self.values.get(name, ""),
            self.errors.get(name, []),
            self.theirs.get(name, []),
            **more,
        )


def _told(save: OtherSave, name: str) -> str:
    is_comment = name.startswith(("comment-", "note-"))
    value = save.comment if is_comment else save.value
    return f"{save.by} saved here at {save.at:%H:%M} UTC: {value or '(nothing)'}"
