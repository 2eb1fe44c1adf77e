"""Store templates, assessments made from them, and decisions."""

from assessments.models.assessment import (
    DRAFTS,
    Answer,
    Assessment,
    AssessmentStatus,
    Confidence,
    KnockoutAnswer,
)
from assessments.models.decision import Condition, ConditionState, Decision
from assessments.models.immutable import Frozen
from assessments.models.review_thread import ReviewReply, ReviewThread, ThreadState
from assessments.models.template import (
    AssessmentTemplate,
    Criterion,
    CriterionGroup,
    Knockout,
    RatingAnchor,
    RecommendationCap,
    ScoreBand,
    TemplateStatus,
)

__all__ = [
    "DRAFTS",
    "Answer",
    "Assessment",
    "AssessmentStatus",
    "AssessmentTemplate",
    "Condition",
    "ConditionState",
    "Confidence",
    "Criterion",
    "CriterionGroup",
    "Decision",
    "Frozen",
    "Knockout",
    "KnockoutAnswer",
    "RatingAnchor",
    "RecommendationCap",
    "ReviewReply",
    "ReviewThread",
    "ScoreBand",
    "TemplateStatus",
    "ThreadState",
]
