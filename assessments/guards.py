"""What the workflow asks of assessments before it lets an opportunity move."""

from django.utils.timezone import localdate

from assessments.completeness import problems_of
from assessments.conditions import conditions_of, named_conditions
from assessments.drafts import conflict_of
from assessments.models import Assessment, ConditionState
from assessments.problems import Incomplete
from assessments.reasons import NoBidReason, OverrideReason
from assessments.rules import Recommendation
from assessments.templates import template_for
from assessments.versions import NO_TEMPLATE, draft_of, submitted_of
from opportunities.reason_codes import register_reason_codes
from opportunities.refusals import GuardFailed
from opportunities.rules import Attempt, register_guard
from opportunities.workflow import Action, Ask, Guard

DRAFT_VERSION = "draft_version"
"""The parameter of SUBMIT: the draft's lock_version that the person saw."""
OUTCOMES = {
    Action.APPROVE: Recommendation.BID,
    Action.APPROVE_WITH_CONDITIONS: Recommendation.CONDITIONAL,
    Action.DECIDE_NO_BID: Recommendation.NO_BID,
    Action.QUICK_NO_BID: Recommendation.NO_BID,
    Action.CONDITIONS_MET: Recommendation.BID,
    Action.CONDITIONS_FAILED: Recommendation.NO_BID,
}


def active_template_exists(attempt: Attempt) -> str | None:
    return None if template_for(attempt.opportunity.practice) else NO_TEMPLATE


def answers_complete(attempt: Attempt) -> str | None:
    """Raises: Conflict, Incomplete with everything that is missing."""
    draft = draft_of(attempt.opportunity)
    if draft is None:
        return "Nothing has been answered yet."
    seen = attempt.params.get(DRAFT_VERSION)
    if seen is not None and seen != draft.lock_version:
        raise conflict_of(draft, seen)
    if problems := problems_of(draft):
        raise Incomplete(problems)
    return None


def decider_scored_nothing_of_it(attempt: Attempt) -> str | None:
    """Not one answer of the version, nor of what stood there before: bulk and admins included."""
    assessment = submitted_of(attempt.opportunity) or attempt.opportunity.assessments.first()
    if assessment and attempt.by.pk in scorers_of(assessment):
        return "You scored this: let another SA lead or a bid manager decide it."
    return None


def scorers_of(assessment: Assessment) -> set[int | None]:
    """Everybody whose judgement is or was in it."""
    scorers = {assessment.assessor_id, assessment.submitted_by_id}
    for rows in (assessment.answers, assessment.knockout_answers):
        for author, on_behalf_of, former in rows.values_list("author", "on_behalf_of", "former"):
            scorers |= {author, on_behalf_of, *(each["author"] for each in former)}
    return scorers - {None}


def override_has_its_reason(attempt: Attempt) -> str | None:
    if not is_override(attempt):
        return None
    if attempt.reason_code in OverrideReason and attempt.reason:
        return None
    computed = Recommendation(submitted_of(attempt.opportunity).recommendation).label  # type: ignore[union-attr]
    return f"The score recommends {computed}. Choose the reason for the override, and explain it."


def is_override(attempt: Attempt) -> bool:
    assessment = submitted_of(attempt.opportunity)
    computed = assessment.recommendation if assessment else ""
    return bool(computed) and computed != OUTCOMES[attempt.action]


def conditions_are_named(attempt: Attempt) -> None:
    """Raises: GuardFailed."""
    named_conditions(attempt.params.get(Ask.CONDITIONS), localdate(attempt.at))


def every_condition_settled(attempt: Attempt) -> str | None:
    open_ones = [
        each for each in conditions_of(attempt.opportunity) if each.state == ConditionState.OPEN
    ]
    if not open_ones:
        return None
    names = "; ".join(each.text.rstrip(".") for each in open_ones)
    return f"Say of each condition that it is met, or waive it, before. Open: {names}."


def check_no_bid_reason(attempt: Attempt) -> None:
    """Raises: GuardFailed. No guard of the table: the workflow asks for a code, we know which."""
    if attempt.reason_code not in NoBidReason:
        codes = ", ".join(NoBidReason.values)
        raise GuardFailed("reason code given", f"Choose one of these reason codes: {codes}.")


def register() -> None:
    register_guard(Guard.TEMPLATE, active_template_exists)
    register_guard(Guard.COMPLETE, answers_complete, needs_input=True)
    register_guard(Guard.NOT_OWN_SCORING, decider_scored_nothing_of_it)
    register_guard(Guard.OVERRIDE_REASON, override_has_its_reason, needs_input=True)
    register_guard(Guard.CONDITIONS_NAMED, conditions_are_named, needs_input=True)
    register_guard(Guard.CONDITIONS_SETTLED, every_condition_settled)
    for action in (Action.APPROVE, Action.APPROVE_WITH_CONDITIONS):
        register_reason_codes(action, OverrideReason.choices)
    for action in (Action.DECIDE_NO_BID, Action.QUICK_NO_BID, Action.CONDITIONS_FAILED):
        register_reason_codes(action, NoBidReason.choices)
