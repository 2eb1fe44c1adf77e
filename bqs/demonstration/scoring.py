"""Answer a whole assessment as an SA would."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from assessments.drafts.drafts import save_answers
from assessments.drafts.template_document import criteria_in, document_of
from assessments.drafts.versions import draft_of
from assessments.models import AssessmentTemplate, TemplateStatus
from assessments.scoring.rules import AnswerKind, KnockoutReply, Recommendation
from opportunities.models import Channel, Opportunity

# In the order of the standard template's criteria.
STRONG = (4, 4, 5, 4, 4, 4, 3, 4, 4, 4, 4)
FAIR = (4, 3, 4, 3, 3, 3, 2, 4, 4, 3, 3)
WEAK = (2, 2, 3, 2, 2, 1, 2, 2, 2, 2, 3)
RECOMMENDED: dict[tuple[int, ...], Recommendation] = {
    STRONG: Recommendation.BID,
    FAIR: Recommendation.CONDITIONAL,
    WEAK: Recommendation.NO_BID,
}
REMARKS = (
    "Confirmed in the call with the programme office; minutes are in the bid folder.",
    "From the tender documents, chapter 3; no other source so far.",
    "Two references of last year fit; their owners agreed to be named.",
    "Ask the account lead for the budget range before the next review.",
)


def answer(
    deal: Opportunity, by: User, ratings: Sequence[int], at: datetime, *, only: int | None = None
) -> None:
    """Save the answers, or the first few of them."""
    # It comes with the migrations.
    document = document_of(
        AssessmentTemplate.objects.get(status=TemplateStatus.ACTIVE, practice="")
    )
    answers = {
        code: {"kind": AnswerKind.RATING, "rating": rating, "comment": REMARKS[place % 4]}
        for place, (code, rating) in enumerate(zip(criteria_in(document), ratings, strict=True))
    }
    knockouts = {each["code"]: {"reply": KnockoutReply.YES} for each in document["knockouts"]}
    partial = only is not None
    save_answers(
        opportunity=deal,
        by=by,
        expected_version=_version(deal),
        channel=Channel.SCREEN,
        at=at,
        answers=dict(list(answers.items())[:only]),
        knockouts={} if partial else knockouts,
        recorded={} if partial else _recorded(tuple(ratings)),
    )


def _recorded(ratings: tuple[int, ...]) -> dict[str, Any]:
    return {
        "sa_recommendation": RECOMMENDED[ratings],
        "confidence": "MEDIUM",
        "bid_effort_days": "12",
        "open_risks": "The customer may move the date.",
    }


def _version(deal: Opportunity) -> int:
    draft = draft_of(deal)
    return draft.lock_version if draft else 0
