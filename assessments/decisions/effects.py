"""Change assessments and decisions as each transition demands."""

from collections.abc import Collection
from typing import Any

from django.db.models import F
from django.utils.timezone import localdate

from assessments.decisions.conditions import named_conditions
from assessments.decisions.guards import is_override
from assessments.drafts.answers import answered_since, apply_scoring
from assessments.drafts.template_document import document_of
from assessments.drafts.versions import abandon, draft_again, draft_of, next_draft, submitted_of
from assessments.models import (
    DRAFTS,
    Assessment,
    AssessmentStatus,
    Condition,
    Criterion,
    Decision,
    ReviewThread,
    ThreadState,
)
from opportunities import extensions
from opportunities.domain.errors import GuardFailed
from opportunities.domain.states import DECISION_OF, Action, InputField, WorkflowStatus
from opportunities.lists.crm_snapshot import crm_facts
from opportunities.models import Opportunity, OpportunityEvent
from opportunities.workflow.rules import Changes, TransitionContext
from opportunities.workflow.scores import set_deciding, set_score
from opportunities.workflow.state import set_due

REVIEW_COMMENTS = "review_comments"
"""The optional input of RETURN: code of a criterion -> the reviewer's comment."""
DRAFT_IN: dict[str, AssessmentStatus] = {
    WorkflowStatus.IN_ASSESSMENT: AssessmentStatus.DRAFT,
    WorkflowStatus.RETURNED: AssessmentStatus.RETURNED,
}
"""The states with a draft, and the draft's own."""


def begin(context: TransitionContext) -> None:
    next_draft(context.opportunity)


def hand_over(context: TransitionContext) -> None:
    """Give the draft to the new SA; answers keep their authors."""
    if draft := draft_of(context.opportunity):
        draft.assessor_id = context.opportunity.assigned_sa_id
        draft.save()


def hand_back(opportunity: Opportunity, undone: OpportunityEvent) -> None:
    """Give the draft to whom it was; what the new SA wrote since is theirs. Raises: GuardFailed."""
    if answered_since(opportunity, undone.at):
        sentence = "Someone has saved answers since. Reassign it instead."
        raise GuardFailed("undo_own_action", sentence)
    Assessment.objects.filter(opportunity=opportunity, status__in=DRAFTS).update(
        assessor=opportunity.assigned_sa_id
    )


def freeze(context: TransitionContext) -> None:
    """Turn the draft into a record of what was asked, answered, known and computed."""
    draft = draft_of(context.opportunity)
    if draft is None:
        return
    draft.content = document_of(draft.template)
    apply_scoring(draft)
    set_score(context.opportunity, draft)
    draft.crm_snapshot = crm_facts(context.opportunity)
    draft.mirror_synced_at = extensions.mirror_synced_at.ask()
    draft.submitted_at, draft.submitted_by = context.at, context.by
    draft.status = AssessmentStatus.SUBMITTED
    draft.save()
    # It is complete, so each was answered by a change.
    open_threads = ReviewThread.objects.filter(
        assessment__opportunity=context.opportunity, state=ThreadState.OPEN
    )
    open_threads.update(state=ThreadState.ADDRESSED)


def take_back(context: TransitionContext) -> None:
    draft_again(context.opportunity)


def send_back(context: TransitionContext) -> Changes:
    submitted = submitted_of(context.opportunity)
    codes = _open_threads(submitted, context) if submitted else []
    draft_again(context.opportunity, AssessmentStatus.RETURNED)
    return {REVIEW_COMMENTS: ("", ", ".join(codes))} if codes else {}


def _open_threads(submitted: Assessment, context: TransitionContext) -> list[str]:
    """Open a thread for each comment that is not blank, and return the criteria's codes."""
    comments = context.params.get(REVIEW_COMMENTS) or {}
    criteria = {
        each.code: each for each in Criterion.objects.filter(group__template=submitted.template)
    }
    if unasked := [code for code in comments if code not in criteria]:
        names = ", ".join(unasked)
        raise GuardFailed("review_comments", f"This assessment has no criterion {names}.")
    written = {code: str(text).strip() for code, text in comments.items() if str(text).strip()}
    said = {"assessment": submitted, "author": context.by, "at": context.at}
    ReviewThread.objects.bulk_create(
        ReviewThread(criterion=criteria[code], text=text, **said) for code, text in written.items()
    )
    return list(written)


def decide(context: TransitionContext) -> None:
    _decide_on_submitted(context)


def decide_on_conditions(context: TransitionContext) -> None:
    named = named_conditions(context.params.get(InputField.CONDITIONS), localdate(context.at))
    decision = _decide_on_submitted(context)
    Condition.objects.bulk_create(Condition(decision=decision, **each) for each in named)
    set_due(context.opportunity, min(each["due_on"] for each in named), context.at)


def decide_unscored(context: TransitionContext) -> None:
    """Decide without scoring; abandon the draft, which stays readable."""
    draft = draft_of(context.opportunity)
    if draft:
        abandon(draft)
    _decide(context, None)


def resume_draft(opportunity: Opportunity, undone: OpportunityEvent) -> None:
    """Restore the draft that a no-bid abandoned."""
    status = DRAFT_IN.get(undone.from_status)
    abandoned = opportunity.assessments.filter(status=AssessmentStatus.ABANDONED).first()
    if status and abandoned:
        Assessment.objects.filter(pk=abandoned.pk).update(status=status)


def conclude(context: TransitionContext) -> None:
    """Decide on the same version, as the conditions were met or failed."""
    former = Decision.objects.standing(context.opportunity).first()
    _decide(context, former.assessment if former else None)


def begin_again(context: TransitionContext) -> None:
    """Make the next draft, unless it becomes unassigned: then starting makes it."""
    latest = Decision.objects.standing(context.opportunity).first()
    is_unscored = latest is not None and latest.action == Action.QUICK_NO_BID
    if not (is_unscored and context.opportunity.assigned_sa_id is None):
        next_draft(context.opportunity)


def _decide_on_submitted(context: TransitionContext) -> Decision:
    submitted = submitted_of(context.opportunity)
    return _decide(context, submitted, is_override=is_override(context.action, submitted))


def _decide(
    context: TransitionContext, assessment: Assessment | None, *, is_override: bool = False
) -> Decision:
    if assessment and assessment.status == AssessmentStatus.SUBMITTED:
        assessment.status = AssessmentStatus.DECIDED
        assessment.save(update_fields=["status"])
    set_deciding(context.opportunity, assessment, context.reason_code, is_override=is_override)
    return Decision.objects.create(
        opportunity=context.opportunity,
        assessment=assessment,
        action=context.action,
        outcome=DECISION_OF[context.action],
        recommendation=assessment.recommendation if assessment else "",
        is_override=is_override,
        reason_code=context.reason_code,
        reason=context.reason,
        decided_by=context.by,
        first_approved_by_id=context.opportunity.first_approved_by_id,
        decided_at=context.at,
        crm_snapshot=crm_facts(context.opportunity),
        mirror_synced_at=extensions.mirror_synced_at.ask(),
    )


def abandon_drafts(ids: Collection[int]) -> None:
    """Abandon drafts; a submitted version stays as it is."""
    Assessment.objects.filter(opportunity__in=ids, status__in=DRAFTS).update(
        status_before_close=F("status"), status=AssessmentStatus.ABANDONED
    )


def take_drafts_up_again(ids: Collection[int]) -> None:
    """Restore what a closing abandoned, not what a no-bid did."""
    Assessment.objects.filter(
        opportunity__in=ids, status=AssessmentStatus.ABANDONED, status_before_close__in=DRAFTS
    ).update(status=F("status_before_close"), status_before_close="")


UNDO_EFFECTS: dict[Action, Any] = {Action.REASSIGN: hand_back, Action.QUICK_NO_BID: resume_draft}
EFFECTS: dict[Action, Any] = {
    Action.START: begin,
    Action.REASSIGN: hand_over,
    Action.SUBMIT: freeze,
    Action.WITHDRAW: take_back,
    Action.RETURN: send_back,
    Action.APPROVE: decide,
    Action.APPROVE_WITH_CONDITIONS: decide_on_conditions,
    Action.DECIDE_NO_BID: decide,
    Action.QUICK_NO_BID: decide_unscored,
    Action.CONDITIONS_MET: conclude,
    Action.CONDITIONS_FAILED: conclude,
    Action.REQUALIFY: begin_again,
}
