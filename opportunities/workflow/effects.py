"""Change the opportunity and its assignments as each transition demands."""

from collections.abc import Callable

from django.contrib.auth.models import User

from opportunities.domain.material import as_pairs
from opportunities.domain.states import DECISION_OF, Action, BidDecision, InputField
from opportunities.lists.crm_snapshot import crm_facts
from opportunities.models import Assignment
from opportunities.workflow.rules import Changes, TransitionContext


def give_to_assignee(context: TransitionContext) -> None:
    _give_to(context, context.params[InputField.ASSIGNEE])


def give_to_claimant(context: TransitionContext) -> None:
    _give_to(context, context.by)


def _give_to(context: TransitionContext, person: User) -> None:
    take_from_assignee(context)
    context.opportunity.assigned_sa_id = person.pk
    context.opportunity.assigned_at = context.at
    Assignment.objects.create(
        opportunity=context.opportunity, user=person, assigned_by=context.by, started_at=context.at
    )


def take_from_assignee(context: TransitionContext) -> None:
    running = Assignment.objects.filter(opportunity=context.opportunity, ended_at=None)
    running.update(ended_at=context.at)
    context.opportunity.assigned_sa_id = context.opportunity.assigned_at = None


def note_first_assessment(context: TransitionContext) -> None:
    context.opportunity.first_assessment_at = context.opportunity.first_assessment_at or context.at


def keep_facts(context: TransitionContext) -> None:
    """Keep the CRM's values, to compare later changes with."""
    context.opportunity.facts_at_submission = crm_facts(context.opportunity)


def note_submission(context: TransitionContext) -> None:
    context.opportunity.submitted_at = context.at
    context.opportunity.first_approved_by_id = None
    keep_facts(context)
    forget_crm_changes(context)


def forget_crm_changes(context: TransitionContext) -> None:
    """Drop the flag: the assessment or decision is based on the present values from now on."""
    context.opportunity.needs_requalification = False
    context.opportunity.requalification_changes = []


def note_first_approval(context: TransitionContext) -> Changes:
    context.opportunity.first_approved_by_id = context.by.pk
    return {"first_approved_by": (None, context.by.pk)}


def decide(context: TransitionContext) -> None:
    context.opportunity.decision = DECISION_OF[context.action]
    context.opportunity.decided_at = context.at


def decide_unscored(context: TransitionContext) -> None:
    decide(context)
    context.opportunity.is_unscored_decision = True
    keep_facts(context)
    forget_crm_changes(context)


def hold(context: TransitionContext) -> None:
    opportunity = context.opportunity
    opportunity.status_before_hold = opportunity.workflow_status
    opportunity.held_at = context.at
    opportunity.hold_review_on = context.params[InputField.REVIEW_ON]


def take_back_decision(context: TransitionContext) -> None:
    opportunity = context.opportunity
    opportunity.decision = BidDecision.NONE
    opportunity.is_unscored_decision = False
    opportunity.decided_at = None
    forget_crm_changes(context)


def accept_crm_changes(context: TransitionContext) -> Changes:
    accepted = as_pairs(context.opportunity.requalification_changes)
    keep_facts(context)
    forget_crm_changes(context)
    return accepted


EFFECTS: dict[Action, Callable[[TransitionContext], Changes | None]] = {
    Action.ASSIGN: give_to_assignee,
    Action.CLAIM: give_to_claimant,
    Action.REASSIGN: give_to_assignee,
    Action.UNASSIGN: take_from_assignee,
    Action.DECLINE: take_from_assignee,
    Action.START: note_first_assessment,
    Action.SUBMIT: note_submission,
    Action.WITHDRAW: forget_crm_changes,
    Action.RETURN: forget_crm_changes,
    Action.FIRST_APPROVAL: note_first_approval,
    Action.APPROVE: decide,
    Action.APPROVE_WITH_CONDITIONS: decide,
    Action.DECIDE_NO_BID: decide,
    Action.QUICK_NO_BID: decide_unscored,
    Action.CONDITIONS_MET: decide,
    Action.CONDITIONS_FAILED: decide,
    Action.HOLD: hold,
    Action.REQUALIFY: take_back_decision,
    Action.ACCEPT_CRM_CHANGE: accept_crm_changes,
}
