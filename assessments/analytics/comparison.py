"""Compare two versions, and tell what each criterion did to the score."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.drafts.answers import answers_of, knockout_answers_of, to_reply, to_score
from assessments.drafts.template_document import document_shown, rules_of
from assessments.models import Answer, Assessment, KnockoutAnswer
from assessments.scoring.score import Scoring, contributions, one_decimal, score

AnyAnswer = Answer | KnockoutAnswer
ZERO = Decimal("0.0")


@dataclass(frozen=True)
class Side:
    """An answer of one version."""

    value: str
    comment: str

    @classmethod
    def of(cls, row: AnyAnswer | None) -> "Side | None":
        return cls(row.value, row.comment) if row else None


@dataclass(frozen=True)
class Difference:
    """A criterion or knock-out check whose answer, comment or points differ."""

    code: str
    name: str
    before: Side | None
    after: Side | None
    points: Decimal
    """Points of 100 that it adds to the score, or takes from it."""

    @property
    def direction(self) -> str:
        """Return up, down, or blank where the score stays."""
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
        """Return the change of the score; None where one version has no score."""
        if self.before.score is None or self.after.score is None:
            return None
        return self.after.score - self.before.score

    @property
    def rounding(self) -> Decimal:
        """Return what the rounded points leave unexplained; 0 without Not applicable."""
        return (self.change or ZERO) - sum((each.points for each in self.criteria), ZERO)


def compare(older: Assessment, newer: Assessment) -> Comparison:
    """Compare by code, as the two may have different templates."""
    before, after = _Version(older), _Version(newer)
    points = {
        code: one_decimal(after.points.get(code, ZERO) - before.points.get(code, ZERO))
        for code in before.criteria | after.criteria
    }
    return Comparison(
        older,
        newer,
        before=before.scoring,
        after=after.scoring,
        criteria=_differences(
            before.criteria | after.criteria, before.answers, after.answers, points
        ),
        knockouts=_differences(
            before.knockouts | after.knockouts, before.replies, after.replies, {}
        ),
        recorded={
            name: (getattr(older, name), getattr(newer, name))
            for name in Assessment.RECORDED_FIELDS
            if getattr(older, name) != getattr(newer, name)
        },
    )


class _Version:
    def __init__(self, assessment: Assessment) -> None:
        rules = rules_of(document_shown(assessment))
        self.answers, self.replies = answers_of(assessment), knockout_answers_of(assessment)
        answers = to_score(self.answers.values())
        self.criteria = {each.code: each.name for each in rules.criteria}
        self.knockouts = dict(rules.knockouts)
        self.points = contributions(rules.criteria, answers)
        self.scoring = score(rules, answers, to_reply(self.replies.values()))


def _differences(
    names: Mapping[str, str],
    before: Mapping[str, AnyAnswer],
    after: Mapping[str, AnyAnswer],
    points: Mapping[str, Decimal],
) -> tuple[Difference, ...]:
    differences = (
        Difference(
            code, name, Side.of(before.get(code)), Side.of(after.get(code)), points.get(code, ZERO)
        )
        for code, name in names.items()
    )
    return tuple(each for each in differences if each.before != each.after or each.points)
