"""What an assessment holds, as scoring takes it."""

from collections.abc import Iterable

from assessments.content import content_shown, rules_of
from assessments.models import Answer, Assessment, KnockoutAnswer
from assessments.rules import Answer as Answered
from assessments.rules import AnswerKind, Answers, KnockoutReply, Replies
from assessments.scoring import Scoring, score


def answers_of(assessment: Assessment) -> dict[str, Answer]:
    """By code of the criterion; those with a comment alone are among them."""
    rows = assessment.answers.select_related("criterion__group", "author", "on_behalf_of")
    return {row.criterion.code: row for row in rows}


def knockout_answers_of(assessment: Assessment) -> dict[str, KnockoutAnswer]:
    rows = assessment.knockout_answers.select_related("knockout", "author", "on_behalf_of")
    return {row.knockout.code: row for row in rows}


def to_score(rows: Iterable[Answer]) -> Answers:
    return {
        row.criterion.code: Answered(AnswerKind(row.kind), row.rating) for row in rows if row.kind
    }


def to_reply(rows: Iterable[KnockoutAnswer]) -> Replies:
    return {row.knockout.code: KnockoutReply(row.reply) for row in rows if row.reply}


def scoring_of(assessment: Assessment) -> Scoring:
    """By the rules shown with it; of a draft, the score so far."""
    return score(
        rules_of(content_shown(assessment)),
        to_score(answers_of(assessment).values()),
        to_reply(knockout_answers_of(assessment).values()),
    )
