"""Deals in any state with the assessments they have there, and the people around them."""

from datetime import date

from django.utils import timezone

from assessments.decisions import effects
from assessments.drafts.versions import next_draft
from assessments.models import (
    Answer,
    Assessment,
    AssessmentStatus,
    Condition,
    Criterion,
    Knockout,
    KnockoutAnswer,
)
from assessments.tests.factories import standard_template
from opportunities.access.roles import Role, access_of
from opportunities.domain.states import BY_ACTION, RELIED_ON, Action, WorkflowStatus
from opportunities.models import Channel, Opportunity
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.workflow.rules import TransitionContext
from opportunities.workflow.transitions import apply_transition

S = WorkflowStatus
FAR_OFF = date(2099, 1, 1)
PRACTICE = "Cloud"
WITH_AN_SA = set(WorkflowStatus) - {WorkflowStatus.NEW}


def sa(**more):
    return UserFactory(roles=[Role.SA], practices=[PRACTICE], **more)


def lead(**more):
    return UserFactory(roles=[Role.LEAD], leads=[PRACTICE], **more)


def bid_manager(**more):
    return UserFactory(roles=[Role.BID_MANAGER], **more)


def deal(status=WorkflowStatus.NEW, **more) -> Opportunity:
    """As it would be in this state, given to an SA where the state has one."""
    if status in WITH_AN_SA:
        more.setdefault("assigned_sa", sa())
    if status == WorkflowStatus.ON_HOLD:
        more.setdefault("status_before_hold", WorkflowStatus.IN_ASSESSMENT)
    if status == WorkflowStatus.CLOSED_IN_CRM:
        more.setdefault("status_before_close", WorkflowStatus.IN_REVIEW)
    more.setdefault("deal_value", 100_000)
    row = OpportunityFactory(workflow_status=status, practice=PRACTICE, **more)
    _assess(row, row.status_before_hold or row.status_before_close or row.workflow_status)
    return row


def _assess(row: Opportunity, status: str) -> None:
    """Give it the versions and the decision that it has in this state."""
    standard_template()
    if status in (S.NEW, S.ASSIGNED):
        return
    draft = _answered(next_draft(row))
    if status == S.RETURNED:
        draft.status = AssessmentStatus.RETURNED
        draft.save()
    if status in RELIED_ON:
        effects.freeze(_context(row, Action.SUBMIT))
    match status:
        case S.APPROVED:
            effects.decide(_context(row, Action.APPROVE))
        case S.NO_BID:
            effects.decide(_context(row, Action.DECIDE_NO_BID))
        case S.CONDITIONAL:
            due = row.due_at, row.due_soon_at, row.clock_started_at
            effects.decide_on_conditions(_context(row, Action.APPROVE_WITH_CONDITIONS))
            row.due_at, row.due_soon_at, row.clock_started_at = due
            Condition.objects.filter(decision__opportunity=row).update(state="MET")
    row.save()


def _answered(draft: Assessment) -> Assessment:
    by = {"assessment": draft, "author_id": draft.assessor_id, "answered_at": timezone.now()}
    Answer.objects.bulk_create(
        Answer(criterion=each, kind="RATING", rating=3, comment="As they told us.", **by)
        for each in Criterion.objects.filter(group__template=draft.template)
    )
    KnockoutAnswer.objects.bulk_create(
        KnockoutAnswer(knockout=each, reply="YES", **by)
        for each in Knockout.objects.filter(template=draft.template)
    )
    draft.sa_recommendation, draft.confidence = "CONDITIONAL", "HIGH"
    draft.save()
    return draft


def _context(row: Opportunity, action: Action) -> TransitionContext:
    access = access_of(row.assigned_sa)
    words = every_word()
    return TransitionContext(
        row, BY_ACTION[action], access, timezone.now(), Channel.SCREEN, **words
    )


def every_word() -> dict:
    """All that any action may ask for."""
    condition = {"text": "Price", "owner": sa(), "due_on": FAR_OFF}
    return {
        "reason": "Because.",
        "reason_code": "OTHER",
        "params": {"assignee": sa(), "review_on": FAR_OFF, "conditions": [condition]},
    }


def moved(opportunity, action, by, words=None, **more) -> Opportunity:
    """Who tries often says the same `words`, made once."""
    payload = {**(words or every_word()), **more}
    return apply_transition(opportunity, action, by=by, channel=Channel.SCREEN, **payload)


def state_of(opportunity) -> str:
    return Opportunity.objects.values_list("workflow_status", flat=True).get(pk=opportunity.pk)
