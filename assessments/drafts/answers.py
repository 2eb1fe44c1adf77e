"""Read the answers of an assessment, and score them."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from assessments.drafts.template_document import document_shown, rules_of
from assessments.models import DRAFTS, Answer, Assessment, KnockoutAnswer
from assessments.scoring.rules import Answer as Answered
from assessments.scoring.rules import AnswerKind, Answers, KnockoutReply, Replies
from assessments.scoring.score import Scoring, score
from opportunities.models import Opportunity


def answers_of(assessment: Assessment) -> dict[str, Answer]:
    """Return the answers by code of the criterion, also those with only a comment."""
    rows = assessment.answers.select_related("criterion__group", "author", "on_behalf_of")
    return {row.criterion.code: row for row in rows}


def knockout_answers_of(assessment: Assessment) -> dict[str, KnockoutAnswer]:
    rows = assessment.knockout_answers.select_related("knockout", "author", "on_behalf_of")
    return {row.knockout.code: row for row in rows}


def answered_since(opportunity: Opportunity, at: datetime) -> bool:
    """Tell whether anything was saved in its draft after that moment."""
    draft = Assessment.objects.filter(opportunity=opportunity, status__in=DRAFTS).first()
    if draft is None:
        return False
    answers = (draft.answers, draft.knockout_answers)
    saves = (datetime.fromisoformat(save["at"]) for save in draft.field_saves.values())
    is_answered = any(rows.filter(answered_at__gt=at).exists() for rows in answers)
    return is_answered or any(saved > at for saved in saves)


def to_score(rows: Iterable[Answer]) -> Answers:
    return {
        row.criterion.code: Answered(AnswerKind(row.kind), row.rating) for row in rows if row.kind
    }


def to_reply(rows: Iterable[KnockoutAnswer]) -> Replies:
    return {row.knockout.code: KnockoutReply(row.reply) for row in rows if row.reply}


def scoring_of(assessment: Assessment) -> Scoring:
    """Score it by its own template; for a draft, return the score so far."""
    return score(
        rules_of(document_shown(assessment)),
        to_score(answers_of(assessment).values()),
        to_reply(knockout_answers_of(assessment).values()),
    )


def apply_scoring(assessment: Assessment) -> None:
    """Set the computed fields, without saving them."""
    scoring = scoring_of(assessment)
    for name in ("score", "best_case", "unknown_share", "answered", "unknown", "total"):
        setattr(assessment, name, getattr(scoring, name))
    assessment.group_scores = dict(scoring.group_scores)
    assessment.band = scoring.band.code if scoring.band else ""
    assessment.recommendation = scoring.recommendation or ""
    assessment.caps = [asdict(cap) for cap in scoring.caps]
