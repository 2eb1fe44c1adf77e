"""What each transition does to the opportunity itself and to its assignments."""

from django.contrib.auth.models import User

from opportunities.facts import crm_facts
from opportunities.material import as_told
from opportunities.models import Assignment
from opportunities.rules import Attempt, Changes, register_effect
from opportunities.workflow import Action, Ask, BidDecision


def give_to_assignee(attempt: Attempt) -> None:
    _give_to(attempt, attempt.params[Ask.ASSIGNEE])


def give_to_claimant(attempt: Attempt) -> None:
    _give_to(attempt, attempt.by)


def _give_to(attempt: Attempt, person: User) -> None:
    take_from_assignee(attempt)
    attempt.opportunity.assigned_sa_id = person.pk
    attempt.opportunity.assigned_at = attempt.at
    Assignment.objects.create(
        opportunity=attempt.opportunity,
        user_id=attempt.opportunity.assigned_sa_id,
        assigned_by=attempt.by,
        started_at=attempt.at,
    )


def take_from_assignee(attempt: Attempt) -> None:
    running = Assignment.objects.filter(opportunity=attempt.opportunity, ended_at=None)
    running.update(ended_at=attempt.at)
    attempt.opportunity.assigned_sa_id = attempt.opportunity.assigned_at = None


def note_first_assessment(attempt: Attempt) -> None:
    attempt.opportunity.first_assessment_at = attempt.opportunity.first_assessment_at or attempt.at


def keep_facts(attempt: Attempt) -> None:
    """So that later changes of the CRM can be held against them."""
    attempt.opportunity.facts_at_submission = crm_facts(attempt.opportunity)


def note_submission(attempt: Attempt) -> None:
    attempt.opportunity.submitted_at = attempt.at
    attempt.opportunity.first_approved_by_id = None
    keep_facts(attempt)
    forget_crm_changes(attempt)


def forget_crm_changes(attempt: Attempt) -> None:
    """Because it stands, or will stand, on what the CRM says now."""
    attempt.opportunity.needs_requalification = False
    attempt.opportunity.requalification_changes = []


def note_first_approval(attempt: Attempt) -> Changes:
    attempt.opportunity.first_approved_by_id = attempt.by.pk
    return {"first_approved_by": (None, attempt.by.get_username())}


def decide_bid(attempt: Attempt) -> None:
    _decide(attempt, BidDecision.BID)


def decide_conditional(attempt: Attempt) -> None:
    _decide(attempt, BidDecision.CONDITIONAL)


def decide_no_bid(attempt: Attempt) -> None:
    _decide(attempt, BidDecision.NO_BID)


def decide_unscored(attempt: Attempt) -> None:
    _decide(attempt, BidDecision.NO_BID)
    attempt.opportunity.is_unscored_decision = True
    keep_facts(attempt)
    forget_crm_changes(attempt)


def _decide(attempt: Attempt, decision: BidDecision) -> None:
    attempt.opportunity.decision = decision
    attempt.opportunity.decided_at = attempt.at


def hold(attempt: Attempt) -> None:
    opportunity = attempt.opportunity
    opportunity.status_before_hold = opportunity.workflow_status
    opportunity.held_at = attempt.at
    opportunity.hold_review_on = attempt.params[Ask.REVIEW_ON]


def take_back_decision(attempt: Attempt) -> None:
    opportunity = attempt.opportunity
    opportunity.decision = BidDecision.NONE
    opportunity.is_unscored_decision = False
    opportunity.decided_at = None
    forget_crm_changes(attempt)


def accept_crm_changes(attempt: Attempt) -> Changes:
    accepted = as_told(attempt.opportunity.requalification_changes)
    keep_facts(attempt)
    forget_crm_changes(attempt)
    return accepted


EFFECTS = {
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
    Action.APPROVE: decide_bid,
    Action.APPROVE_WITH_CONDITIONS: decide_conditional,
    Action.DECIDE_NO_BID: decide_no_bid,
    Action.QUICK_NO_BID: decide_unscored,
    Action.CONDITIONS_MET: decide_bid,
    Action.CONDITIONS_FAILED: decide_no_bid,
    Action.HOLD: hold,
    Action.REQUALIFY: take_back_decision,
    Action.ACCEPT_CRM_CHANGE: accept_crm_changes,
}


def register() -> None:
    for action, effect in EFFECTS.items():
        register_effect(action, effect)
