"""The guards that need nothing but the opportunity, its events and the settings."""

from django.conf import settings

from opportunities.limits import beyond
from opportunities.roles import Role
from opportunities.rules import Attempt, register_guard
from opportunities.workflow import Action, BidDecision, Guard
from opportunities.workflow import WorkflowStatus as S


def claiming_is_on(attempt: Attempt) -> str | None:
    return None if settings.CLAIMING else "Claiming is switched off here: ask a lead to assign it."


def same_practice(attempt: Attempt) -> str | None:
    practice = attempt.opportunity.practice
    if practice in attempt.standing.practices:
        return None
    return f"You do not belong to the practice {practice or '(none)'}: ask its lead to assign it."


def below_the_claim_limit(attempt: Attempt) -> str | None:
    why = beyond(attempt.opportunity, settings.CLAIM_LIMITS)
    return why and f"You cannot claim this yourself, because {why}: ask a lead to assign it."


def reason_if_a_draft_exists(attempt: Attempt) -> str | None:
    if attempt.opportunity.workflow_status == S.ASSIGNED or attempt.reason.strip():
        return None
    return "Give a reason: an assessment has been started."


def decider_did_not_score_it(attempt: Attempt) -> str | None:
    """Neither who has it in work nor who last submitted it, for themselves or for somebody."""
    deciders = {attempt.by.pk, attempt.on_behalf_of.pk if attempt.on_behalf_of else None}
    submitted = attempt.opportunity.events.filter(action=Action.SUBMIT).order_by("-at", "-id")
    scorers = {_whose_work_it_is(attempt)}
    for actor, on_behalf_of in submitted.values_list("actor", "on_behalf_of")[:1]:
        scorers |= {actor, on_behalf_of}
    if (deciders & scorers) - {None}:
        return "Nobody decides what they scored themselves: let another lead or a bid manager."
    return None


def _whose_work_it_is(attempt: Attempt) -> int | None:
    """Who was only given it has judged nothing yet."""
    is_untouched = attempt.opportunity.workflow_status in (S.NEW, S.ASSIGNED)
    return None if is_untouched else attempt.opportunity.assigned_sa_id


def within_the_decision_limit(attempt: Attempt) -> str | None:
    if attempt.standing.has(Role.BID_MANAGER):
        return None
    why = beyond(attempt.opportunity, settings.LEAD_LIMITS)
    return why and f"A lead cannot decide this, because {why}: a bid manager decides."


def second_approval_needed(attempt: Attempt) -> str | None:
    if not _wants_two_approvals(attempt):
        return "One approval is enough here: approve it."
    if attempt.opportunity.first_approved_by_id:
        return "The first approval is there: approve it, unless you gave it yourself."
    return None


def second_approval_given(attempt: Attempt) -> str | None:
    why = _wants_two_approvals(attempt)
    if not why:
        return None
    first = attempt.opportunity.first_approved_by_id
    if first is None:
        return f"Two people have to approve this, because {why}: give the first approval."
    if first == attempt.by.pk:
        return "You gave the first approval: another person has to give the second."
    return None


def the_crm_changed_it(attempt: Attempt) -> str | None:
    if attempt.opportunity.needs_requalification:
        return None
    return "The CRM changed nothing that it stands on."


def approvals_still_suffice(attempt: Attempt) -> str | None:
    """What waits for its decision will be asked for both then."""
    deal = attempt.opportunity
    is_bid = deal.decision in (BidDecision.BID, BidDecision.CONDITIONAL)
    why = _wants_two_approvals(attempt) if is_bid and not deal.first_approved_by_id else None
    return why and f"Two people have to approve this now, because {why}: re-qualify it."


def _wants_two_approvals(attempt: Attempt) -> str | None:
    return beyond(attempt.opportunity, settings.SECOND_APPROVAL_LIMITS)


def register() -> None:
    register_guard(Guard.CLAIM_ALLOWED, claiming_is_on)
    register_guard(Guard.SAME_PRACTICE, same_practice)
    register_guard(Guard.CLAIM_LIMIT, below_the_claim_limit)
    register_guard(Guard.REASON_FOR_DRAFT, reason_if_a_draft_exists, needs_input=True)
    register_guard(Guard.NOT_OWN_SCORING, decider_did_not_score_it)
    register_guard(Guard.DECISION_LIMIT, within_the_decision_limit)
    register_guard(Guard.SECOND_NEEDED, second_approval_needed)
    register_guard(Guard.SECOND_APPROVAL, second_approval_given)
    register_guard(Guard.CRM_CHANGED, the_crm_changed_it)
    register_guard(Guard.APPROVALS_SUFFICE, approvals_still_suffice)
