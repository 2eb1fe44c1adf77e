"""What answers are worth: score, best case, band, recommendation. Pure: no queries, no HTTP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assessments.caps import Findings, FiredCap, fired_caps
from assessments.rules import (
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
    """What came out; where no criterion is applicable there is no score.

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
    value = _score(rules.criteria, answers, unknown_as=0)
    group_scores = {code: _score(_group(rules, code), answers) for code in rules.groups}
    share = _unknown_share(rules.criteria, answers)
    final_groups = {
        code: group_score
        for code, group_score in group_scores.items()
        if group_score is not None and all(each.code in answers for each in _group(rules, code))
    }
    caps = fired_caps(rules, Findings(answers, replies, final_groups, share))
    is_complete = _is_complete(rules, answers, replies)
    band = band_of(rules, value) if is_complete and value is not None else None
    return Scoring(
        score=value,
        best_case=_score(rules.criteria, answers, unknown_as=BEST_RATING),
        group_scores=group_scores,
        unknown_share=share,
        band=band,
        caps=caps,
        recommendation=lowest([band.recommendation, *(cap.caps_at for cap in caps)])
        if band
        else None,
        answered=sum(each.code in answers for each in rules.criteria),
        unknown=len(_unknown(rules.criteria, answers)),
        total=len(rules.criteria),
    )


def band_of(rules: TemplateRules, value: Decimal) -> Band | None:
    """Read from the one-decimal score: what people see is what decides."""
    return next((band for band in rules.bands if value in band), None)


def contributions(
    criteria: Sequence[Criterion], answers: Answers, unknown_as: int = 0
) -> dict[str, Decimal]:
    """Points of the 100 that each applicable criterion brings; unrounded, so they add up."""
    applicable = _applicable(criteria, answers)
    whole = BEST_RATING * sum(each.weight for each in applicable)
    return {
        each.code: Decimal(100 * each.weight * _points(each, answers, unknown_as)) / whole
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
    whole = sum(each.weight for each in _applicable(criteria, answers))
    unknown = sum(each.weight for each in _unknown(criteria, answers))
    return one_decimal(Decimal(100 * unknown) / whole) if whole else Decimal("0.0")


def _points(criterion: Criterion, answers: Answers, unknown_as: int) -> int:
    answer = answers.get(criterion.code)
    return answer.points(unknown_as) if answer else unknown_as


def _applicable(criteria: Sequence[Criterion], answers: Answers) -> list[Criterion]:
    return [each for each in criteria if not _is(AnswerKind.NA, each, answers)]


def _unknown(criteria: Sequence[Criterion], answers: Answers) -> list[Criterion]:
    return [each for each in criteria if _is(AnswerKind.UNKNOWN, each, answers)]


def _is(kind: AnswerKind, criterion: Criterion, answers: Answers) -> bool:
    answer = answers.get(criterion.code)
    return answer is not None and answer.kind == kind


def _group(rules: TemplateRules, code: str) -> list[Criterion]:
    return [each for each in rules.criteria if each.group == code]


def _is_complete(rules: TemplateRules, answers: Answers, replies: Replies) -> bool:
    return all(each.code in answers for each in rules.criteria) and all(
        code in replies for code in rules.knockouts
    )
