"""Refuse by rules that need nothing but the opportunity, who acts and the settings."""

from collections.abc import Mapping
from decimal import Decimal

from opportunities.access.roles import Role
from opportunities.domain.policy import policy
from opportunities.domain.states import BidDecision, Guard, WorkflowStatus
from opportunities.lists.presentation import money, person
from opportunities.models import Opportunity
from opportunities.workflow.rules import TransitionContext


def claiming_is_on(context: TransitionContext) -> str | None:
    return None if policy.CLAIMING else "Claiming is switched off. Ask an SA lead to assign it."


def same_practice(context: TransitionContext) -> str | None:
    practice = context.opportunity.practice
    if practice in context.access.practices:
        return None
    return (
        f"You do not belong to the practice {practice or '(none)'}. Ask its SA lead to assign it."
    )


def below_the_claim_limit(context: TransitionContext) -> str | None:
    why = exceeds_limit(context.opportunity, policy.CLAIM_LIMITS)
    return why and f"You cannot claim this, because {why}. Ask an SA lead to assign it."


def reason_if_a_draft_exists(context: TransitionContext) -> str | None:
    if context.opportunity.workflow_status == WorkflowStatus.ASSIGNED or context.reason.strip():
        return None
    return "Give a reason, because an assessment has been started."


def within_the_decision_limit(context: TransitionContext) -> str | None:
    if context.access.has(Role.BID_MANAGER):
        return None
    why = exceeds_limit(context.opportunity, policy.LEAD_LIMITS)
    return why and f"An SA lead cannot decide this, because {why}. A bid manager must decide."


def second_approval_needed(context: TransitionContext) -> str | None:
    if not _wants_two_approvals(context):
        return "One approval is enough. Approve it instead."
    if context.opportunity.first_approved_by_id:
        return "The first approval has been given. A second person can now approve it."
    return None


def second_approval_given(context: TransitionContext) -> str | None:
    why = _wants_two_approvals(context)
    if not why:
        return None
    first = context.opportunity.first_approved_by_id
    if first is None:
        return f"Two people must approve this, because {why}. Give the first approval instead."
    if first == context.by.pk:
        return "You gave the first approval. Someone else must give the second."
    if context.on_behalf_of and first == context.on_behalf_of.pk:
        return f"{person(context.on_behalf_of)}, for whom you act, gave the first approval."
    return None


def the_crm_changed_it(context: TransitionContext) -> str | None:
    if context.opportunity.needs_requalification:
        return None
    return "Nothing that the assessment or decision is based on has changed in the CRM."


def approvals_still_suffice(context: TransitionContext) -> str | None:
    """Check bids only: pending reviews check both approvals when they are decided."""
    deal = context.opportunity
    is_bid = deal.decision in (BidDecision.BID, BidDecision.CONDITIONAL)
    why = _wants_two_approvals(context) if is_bid and not deal.first_approved_by_id else None
    return why and f"Two people must now approve this, because {why}. Re-qualify it."


def _wants_two_approvals(context: TransitionContext) -> str | None:
    return exceeds_limit(context.opportunity, policy.SECOND_APPROVAL_LIMITS)


def exceeds_limit(opportunity: Opportunity, limits: Mapping[str, Decimal]) -> str | None:
    """Return why its value may exceed the limits, which are per currency and never converted."""
    value, currency = opportunity.deal_value, (opportunity.currency or "").upper()
    if not limits:
        return None
    if value is None:
        return "its value is unknown"
    if currency not in limits:
        return f"there is no limit in {currency or 'a currency it does not name'}"
    if value > limits[currency]:
        return f"{money(value, currency)} is above the limit of {money(limits[currency], currency)}"
    return None


RULES = {
    Guard.CLAIM_ALLOWED: claiming_is_on,
    Guard.SAME_PRACTICE: same_practice,
    Guard.CLAIM_LIMIT: below_the_claim_limit,
    Guard.REASON_FOR_DRAFT: reason_if_a_draft_exists,
    Guard.DECISION_LIMIT: within_the_decision_limit,
    Guard.SECOND_NEEDED: second_approval_needed,
    Guard.SECOND_APPROVAL: second_approval_given,
    Guard.CRM_CHANGED: the_crm_changed_it,
    Guard.APPROVALS_SUFFICE: approvals_still_suffice,
}
