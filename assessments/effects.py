"""What each transition does to the assessments and decisions of its opportunity."""

from dataclasses import asdict
from typing import Any

from django.utils.timezone import localdate

from assessments.conditions import named_conditions
from assessments.content import content_of
from assessments.given import scoring_of
from assessments.guards import OUTCOMES, check_no_bid_reason, is_override
from assessments.models import (
    Assessment,
    AssessmentStatus,
    Condition,
    Criterion,
    Decision,
    ReviewComment,
)
from assessments.versions import abandon, draft_again, draft_of, next_draft, submitted_of
from opportunities.facts import crm_facts
from opportunities.freshness import mirror_synced_at
from opportunities.progress import set_due
from opportunities.refusals import GuardFailed
from opportunities.rules import Attempt, register_effect
from opportunities.workflow import Action, Ask

REVIEW_COMMENTS = "review_comments"
"""The optional parameter of RETURN: code of a criterion -> what the reviewer says of it."""


def begin(attempt: Attempt) -> None:
    next_draft(attempt.opportunity)


def hand_over(attempt: Attempt) -> None:
    """The answers keep their authors."""
    if draft := draft_of(attempt.opportunity):
        draft.assessor_id = attempt.opportunity.assigned_sa_id
        draft.save()


def freeze(attempt: Attempt) -> None:
    """The draft becomes a record: what was asked, answered, known and computed."""
    draft = draft_of(attempt.opportunity)
    if draft is None:
        return
    draft.content = content_of(draft.template)
    _note_scoring(draft)
    draft.crm_snapshot = crm_facts(attempt.opportunity)
    draft.mirror_synced_at = mirror_synced_at()
    draft.submitted_at, draft.submitted_by = attempt.at, attempt.by
    draft.status = AssessmentStatus.SUBMITTED
    draft.save()


def _note_scoring(draft: Assessment) -> None:
    scoring = scoring_of(draft)
    draft.score, draft.best_case = scoring.score, scoring.best_case
    draft.unknown_share, draft.group_scores = scoring.unknown_share, dict(scoring.group_scores)
    draft.band = scoring.band.code if scoring.band else ""
    draft.recommendation = scoring.recommendation or ""
    draft.caps = [asdict(cap) for cap in scoring.caps]
    draft.answered, draft.unknown, draft.total = scoring.answered, scoring.unknown, scoring.total


def take_back(attempt: Attempt) -> None:
    draft_again(attempt.opportunity)


def send_back(attempt: Attempt) -> None:
    submitted = submitted_of(attempt.opportunity)
    if submitted:
        _keep_review_comments(submitted, attempt)
    draft_again(attempt.opportunity, AssessmentStatus.RETURNED)


def _keep_review_comments(submitted: Assessment, attempt: Attempt) -> None:
    said = attempt.params.get(REVIEW_COMMENTS) or {}
    criteria = {
        each.code: each for each in Criterion.objects.filter(group__template=submitted.template)
    }
    if unasked := [code for code in said if code not in criteria]:
        names = ", ".join(unasked)
        raise GuardFailed("review comments", f"This assessment does not ask {names}.")
    ReviewComment.objects.bulk_create(
        ReviewComment(
            assessment=submitted,
            criterion=criteria[code],
            text=str(text).strip(),
            author=attempt.by,
            at=attempt.at,
        )
        for code, text in said.items()
        if str(text).strip()
    )


def decide(attempt: Attempt) -> None:
    _decide(attempt, submitted_of(attempt.opportunity), is_override=is_override(attempt))


def decide_on_conditions(attempt: Attempt) -> None:
    named = named_conditions(attempt.params.get(Ask.CONDITIONS), localdate(attempt.at))
    assessment = submitted_of(attempt.opportunity)
    decision = _decide(attempt, assessment, is_override=is_override(attempt))
    Condition.objects.bulk_create(
        Condition(decision=decision, text=each.text, owner=each.owner, due_on=each.due_on)
        for each in named
    )
    set_due(attempt.opportunity, min(each.due_on for each in named), attempt.at)


def decide_no_bid(attempt: Attempt) -> None:
    check_no_bid_reason(attempt)
    decide(attempt)


def decide_unscored(attempt: Attempt) -> None:
    """A draft stays readable."""
    check_no_bid_reason(attempt)
    draft = draft_of(attempt.opportunity)
    if draft:
        abandon(draft)
    _decide(attempt, None)


def conclude(attempt: Attempt) -> None:
    """The conditions were met, or not: a decision on the same version."""
    former = Decision.objects.filter(opportunity=attempt.opportunity).first()
    _decide(attempt, former.assessment if former else None)


def conclude_failed(attempt: Attempt) -> None:
    if attempt.reason_code:
        check_no_bid_reason(attempt)
    conclude(attempt)


def begin_again(attempt: Attempt) -> None:
    """Unless it goes back to the unassigned ones, where starting makes the draft."""
    latest = Decision.objects.filter(opportunity=attempt.opportunity).first()
    is_unscored = latest is not None and latest.action == Action.QUICK_NO_BID
    if not (is_unscored and attempt.opportunity.assigned_sa_id is None):
        next_draft(attempt.opportunity)


def _decide(
    attempt: Attempt, assessment: Assessment | None, *, is_override: bool = False
) -> Decision:
    if assessment and assessment.status == AssessmentStatus.SUBMITTED:
        assessment.status = AssessmentStatus.DECIDED
        assessment.save(update_fields=["status"])
    return Decision.objects.create(
        opportunity=attempt.opportunity,
        assessment=assessment,
        action=attempt.action,
        outcome=OUTCOMES[attempt.action],
        recommendation=assessment.recommendation if assessment else "",
        is_override=is_override,
        reason_code=attempt.reason_code,
        reason=attempt.reason,
        decided_by=attempt.by,
        first_approved_by_id=attempt.opportunity.first_approved_by_id,
        decided_at=attempt.at,
        crm_snapshot=crm_facts(attempt.opportunity),
        mirror_synced_at=mirror_synced_at(),
    )


EFFECTS: dict[Action, Any] = {
    Action.START: begin,
    Action.REASSIGN: hand_over,
    Action.SUBMIT: freeze,
    Action.WITHDRAW: take_back,
    Action.RETURN: send_back,
    Action.APPROVE: decide,
    Action.APPROVE_WITH_CONDITIONS: decide_on_conditions,
    Action.DECIDE_NO_BID: decide_no_bid,
    Action.QUICK_NO_BID: decide_unscored,
    Action.CONDITIONS_MET: conclude,
    Action.CONDITIONS_FAILED: conclude_failed,
    Action.REQUALIFY: begin_again,
}


def register() -> None:
    for action, effect in EFFECTS.items():
        register_effect(action, effect)
