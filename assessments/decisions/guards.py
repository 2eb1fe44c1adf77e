"""Refuse transitions that the assessment or its conditions do not allow."""

from typing import Any

from django.utils.timezone import localdate

from assessments.decisions.conditions import conditions_of, named_conditions
from assessments.decisions.scorers import scorers_of
from assessments.drafts.completeness import problems_of
from assessments.drafts.drafts import conflict_of
from assessments.drafts.problems import Incomplete
from assessments.drafts.review_threads import unsettled_in
from assessments.drafts.templates import template_for
from assessments.drafts.versions import NO_TEMPLATE, draft_of, submitted_of
from assessments.models import Assessment, ConditionState
from assessments.models.reasons import NoBidReason, OverrideReason
from assessments.scoring.rules import Recommendation
from opportunities.domain.states import DECISION_OF, Action, Guard, InputField
from opportunities.workflow.rules import TransitionContext

DRAFT_VERSION = "draft_version"
"""The parameter of SUBMIT: the draft's lock_version that the person saw."""


def active_template_exists(context: TransitionContext) -> str | None:
    return None if template_for(context.opportunity.practice) else NO_TEMPLATE


def answers_complete(context: TransitionContext) -> str | None:
    """Refuse an incomplete draft. Raises: Conflict; Incomplete, with everything that is missing."""
    draft = draft_of(context.opportunity)
    if draft is None:
        return "Answer at least one question first."
    seen = context.params.get(DRAFT_VERSION)
    if seen is not None and seen != draft.lock_version:
        raise conflict_of(draft, seen)
    if problems := problems_of(draft):
        raise Incomplete(problems)
    return None


def decider_is_no_scorer(context: TransitionContext) -> str | None:
    """Refuse the assignee, the last submitter and every author, whatever their other roles."""
    deciders = {context.by.pk, context.on_behalf_of and context.on_behalf_of.pk}
    if (deciders & scorers_of(context.opportunity)) - {None}:
        return "You scored this, so another SA lead or a bid manager must decide it."
    return None


def override_has_its_reason(context: TransitionContext) -> str | None:
    submitted = submitted_of(context.opportunity)
    if not is_override(context.action, submitted) or (context.reason_code and context.reason):
        return None
    computed = Recommendation(submitted.recommendation).label  # type: ignore[union-attr]
    return (
        f"The score recommends {computed}. Choose a reason code for the override, and explain it."
    )


def is_override(action: Action, version: Assessment | None) -> bool:
    """Return whether the action decides otherwise than this version recommends."""
    computed = version.recommendation if version else ""
    return bool(computed) and computed != DECISION_OF.get(action, computed)


def conditions_are_named(context: TransitionContext) -> None:
    """Refuse missing or incomplete conditions. Raises: GuardFailed."""
    named_conditions(context.params.get(InputField.CONDITIONS), localdate(context.at))


def review_is_settled(context: TransitionContext) -> str | None:
    codes = unsettled_in(context.opportunity)
    return f"Settle each review comment first. Still open: {', '.join(codes)}." if codes else None


def every_condition_settled(context: TransitionContext) -> str | None:
    open_ones = [
        each for each in conditions_of(context.opportunity) if each.state == ConditionState.OPEN
    ]
    if not open_ones:
        return None
    names = "; ".join(each.text.rstrip(".") for each in open_ones)
    return f"Mark each condition as met or waived first. Still open: {names}."


RULES: dict[Guard, Any] = {
    Guard.TEMPLATE: active_template_exists,
    Guard.COMPLETE: answers_complete,
    Guard.NOT_OWN_SCORING: decider_is_no_scorer,
    Guard.OVERRIDE_REASON: override_has_its_reason,
    Guard.CONDITIONS_NAMED: conditions_are_named,
    Guard.REVIEW_SETTLED: review_is_settled,
    Guard.CONDITIONS_SETTLED: every_condition_settled,
}
REASON_CODES = {
    **dict.fromkeys((Action.APPROVE, Action.APPROVE_WITH_CONDITIONS), OverrideReason.choices),
    **dict.fromkeys(
        (Action.DECIDE_NO_BID, Action.QUICK_NO_BID, Action.CONDITIONS_FAILED), NoBidReason.choices
    ),
}
