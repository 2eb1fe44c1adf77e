"""Compute score, best case, band and recommendation. Pure: no queries, no HTTP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assessments.scoring.caps import Findings, FiredCap, fired_caps
from assessments.scoring.rules import (
    BEST_RATING,
    AnswerKind,
    Answers,
    Band,
    Criterion,
    Recommendation,
    Replies,
    TemplateRules,
    lowest,
)


@dataclass(frozen=True)
class Scoring:
    """A result; there is no score where no criterion is applicable.

    An open criterion counts as an unknown one does, so a draft shows a score that can only
    rise and a best case that can only fall. Band and recommendation wait for the last answer.
    """

    score: Decimal | None
    best_case: Decimal | None
    group_scores: Mapping[str, Decimal | None]
    unknown_share: Decimal
    band: Band | None
    caps: tuple[FiredCap, ...]
    recommendation: Recommendation | None
    answered: int
    unknown: int
    total: int


def score(rules: TemplateRules, answers: Answers, replies: Replies) -> Scoring:
    """Score the answers, by code of the criterion, and the replies, by code of the knock-out.

    Source: docs/assessments.md, "Calculation".
    """
    criteria = rules.criteria
    value, share = _score(criteria, answers), _unknown_share(criteria, answers)
    groups = {code: [each for each in criteria if each.group == code] for code in rules.groups}
    group_scores = {code: _score(members, answers) for code, members in groups.items()}
    final_groups = {
        code: group_score
        for code, group_score in group_scores.items()
        if group_score is not None and all(each.code in answers for each in groups[code])
    }
    caps = fired_caps(rules, Findings(answers, replies, final_groups, share))
    answered = sum(each.code in answers for each in criteria)
    is_complete = answered == len(criteria) and all(code in replies for code in rules.knockouts)
    band = band_of(rules, value) if is_complete and value is not None else None
    return Scoring(
        score=value,
        best_case=_score(criteria, answers, unknown_as=BEST_RATING),
        group_scores=group_scores,
        unknown_share=share,
        band=band,
        caps=caps,
        recommendation=lowest([band.recommendation, *(cap.caps_at for cap in caps)])
        if band
        else None,
        answered=answered,
        unknown=sum(_kind_of(each, answers) == AnswerKind.UNKNOWN for each in criteria),
        total=len(criteria),
    )


def band_of(rules: TemplateRules, value: Decimal) -> Band | None:
    """Find the band of the rounded score: what people see is what decides."""
    return next((band for band in rules.bands if value in band), None)


def contributions(criteria: Sequence[Criterion], answers: Answers) -> dict[str, Decimal]:
    """Return the points of 100 that each applicable criterion earns, unrounded so they add up."""
    applicable = _applicable(criteria, answers)
    whole = BEST_RATING * sum(each.weight for each in applicable)
    return {
        each.code: Decimal(100 * each.weight * _points(each, answers, unknown_as=0)) / whole
        for each in applicable
        if whole
    }


def one_decimal(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _score(criteria: Sequence[Criterion], answers: Answers, unknown_as: int = 0) -> Decimal | None:
    # One division: the sum of the rounded contributions could miss a half by a hair.
    applicable = _applicable(criteria, answers)
    whole = BEST_RATING * sum(each.weight for each in applicable)
    earned = sum(each.weight * _points(each, answers, unknown_as) for each in applicable)
    return one_decimal(Decimal(100 * earned) / whole) if whole else None


def _unknown_share(criteria: Sequence[Criterion], answers: Answers) -> Decimal:
    applicable = _applicable(criteria, answers)
    whole = sum(each.weight for each in applicable)
    unknown = sum(
        each.weight for each in applicable if _kind_of(each, answers) == AnswerKind.UNKNOWN
    )
    return one_decimal(Decimal(100 * unknown) / whole) if whole else Decimal("0.0")


def _applicable(criteria: Sequence[Criterion], answers: Answers) -> list[Criterion]:
    return [each for each in criteria if _kind_of(each, answers) != AnswerKind.NA]


def _kind_of(criterion: Criterion, answers: Answers) -> AnswerKind | None:
    answer = answers.get(criterion.code)
    return answer.kind if answer else None


def _points(criterion: Criterion, answers: Answers, unknown_as: int) -> int:
    answer = answers.get(criterion.code)
    return unknown_as if answer is None or answer.rating is None else answer.rating
