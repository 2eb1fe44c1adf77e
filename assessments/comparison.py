"""What differs between two versions, and what each criterion did to the score."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.content import content_shown, criteria_in, rules_of
from assessments.given import answers_of, knockout_answers_of, to_reply, to_score
from assessments.models import Answer, Assessment, KnockoutAnswer
from assessments.scoring import Scoring, contributions, one_decimal, score

Given = Answer | KnockoutAnswer


@dataclass(frozen=True)
class Side:
    """An answer of one version; None where it has none."""

    value: str
    comment: str

    @classmethod
    def of(cls, row: Given | None) -> "Side | None":
        return cls(row.value, row.comment) if row else None


@dataclass(frozen=True)
class Difference:
    """One criterion or knock-out check whose answer, comment or worth is another one."""

    code: str
    name: str
    before: Side | None
    after: Side | None
    points: Decimal = Decimal("0.0")
    """Of the 100: what it adds to the score or takes from it."""

    @property
    def is_rated_anew(self) -> bool:
        return (self.before and self.before.value) != (self.after and self.after.value)

    @property
    def direction(self) -> str:
        """up, down, or blank where the score stays."""
        return "up" if self.points > 0 else "down" if self.points < 0 else ""


@dataclass(frozen=True)
class Comparison:
    older: Assessment
    newer: Assessment
    before: Scoring
    after: Scoring
    criteria: tuple[Difference, ...]
    knockouts: tuple[Difference, ...]
    recorded: Mapping[str, tuple[object, object]]
    """Recorded field -> (older, newer)."""

    @property
    def change(self) -> Decimal | None:
        """Of the score; None where one of the two has none."""
        if self.before.score is None or self.after.score is None:
            return None
        return self.after.score - self.before.score

    @property
    def rounding(self) -> Decimal:
        """What the rounded points leave unexplained; 0 without Not applicable."""
        return (self.change or Decimal(0)) - sum((each.points for each in self.criteria), Decimal())


def compare(older: Assessment, newer: Assessment) -> Comparison:
    """By code: the two may stand on different templates."""
    sides = _Version(older), _Version(newer)
    return Comparison(
        older,
        newer,
        before=sides[0].scoring,
        after=sides[1].scoring,
        criteria=tuple(_criteria(*sides)),
        knockouts=tuple(_knockouts(*sides)),
        recorded={
            name: (getattr(older, name), getattr(newer, name))
            for name in Assessment.RECORDED_FIELDS
            if getattr(older, name) != getattr(newer, name)
        },
    )


class _Version:
    def __init__(self, assessment: Assessment) -> None:
        content = content_shown(assessment)
        rules = rules_of(content)
        self.answers, self.replies = answers_of(assessment), knockout_answers_of(assessment)
        answers = to_score(self.answers.values())
        self.names = {code: each["name"] for code, each in criteria_in(content).items()}
        self.checks = {each["code"]: each["text"] for each in content["knockouts"]}
        self.worth = contributions(rules.criteria, answers)
        self.scoring = score(rules, answers, to_reply(self.replies.values()))


def _criteria(before: _Version, after: _Version) -> list[Difference]:
    names = before.names | after.names
    all_of_them = [
        Difference(
            code,
            name,
            Side.of(before.answers.get(code)),
            Side.of(after.answers.get(code)),
            one_decimal(after.worth.get(code, Decimal()) - before.worth.get(code, Decimal())),
        )
        for code, name in names.items()
    ]
    return [each for each in all_of_them if each.before != each.after or each.points]


def _knockouts(before: _Version, after: _Version) -> list[Difference]:
    checks = before.checks | after.checks
    all_of_them = [
        Difference(code, text, Side.of(before.replies.get(code)), Side.of(after.replies.get(code)))
        for code, text in checks.items()
    ]
    return [each for each in all_of_them if each.before != each.after]
