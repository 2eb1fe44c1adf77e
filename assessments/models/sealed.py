"""Register what is sealed: all of assessments and decisions that never changes again."""

from django.db.models import Q

from assessments.models import (
    Answer,
    Assessment,
    Condition,
    ConditionState,
    Decision,
    KnockoutAnswer,
    ReviewReply,
    ReviewThread,
)
from audit.sources import Part, Source, register_source

SUBMITTED = Q(submitted_at__isnull=False)
ANSWER_FIELDS = (
    *("comment", "author_id", "on_behalf_of_id", "answered_at", "saved_version"),
    *("is_carried_over", "former"),
)
SOURCES = (
    Source(
        kind="assessment",
        name="Submitted assessment",
        model=Assessment,
        at="submitted_at",
        deal="opportunity__remote_id",
        only=SUBMITTED,
        fields=(
            *("opportunity_id", "template_id", "version_no", "copied_from_id", "assessor_id"),
            *("lock_version", "created_at", *Assessment.RECORDED_FIELDS, "field_saves"),
            *("score", "best_case", "unknown_share", "group_scores", "band", "recommendation"),
            *("caps", "answered", "unknown", "total", "content", "crm_snapshot"),
            *("mirror_synced_at", "submitted_at", "submitted_by_id"),
        ),
        parts=(
            Part(Answer, "assessment_id", ("criterion_id", "kind", "rating", *ANSWER_FIELDS)),
            Part(KnockoutAnswer, "assessment_id", ("knockout_id", "reply", *ANSWER_FIELDS)),
        ),
    ),
    Source(
        kind="comment",
        name="Review comment",
        model=ReviewThread,
        at="at",
        deal="assessment__opportunity__remote_id",
        fields=("assessment_id", "criterion_id", "text", "author_id", "at"),
    ),
    Source(
        kind="reply",
        name="Reply to a review comment",
        model=ReviewReply,
        at="at",
        deal="thread__assessment__opportunity__remote_id",
        fields=("thread_id", "text", "author_id", "at"),
    ),
    Source(
        kind="decision",
        name="Decision",
        model=Decision,
        at="decided_at",
        deal="opportunity__remote_id",
        fields=(
            *("opportunity_id", "assessment_id", "action", "outcome", "recommendation"),
            *("is_override", "reason_code", "reason", "decided_by_id", "first_approved_by_id"),
            *("decided_at", "crm_snapshot", "mirror_synced_at"),
        ),
        parts=(Part(Condition, "decision_id", ("text", "owner_id", "due_on")),),
    ),
    Source(
        kind="settled",
        name="Settled condition",
        model=Condition,
        at="settled_at",
        deal="decision__opportunity__remote_id",
        only=~Q(state=ConditionState.OPEN),
        fields=("decision_id", "state", "reason", "settled_by_id", "settled_at"),
    ),
)


def put_under_seal() -> None:
    for source in SOURCES:
        register_source(source)
