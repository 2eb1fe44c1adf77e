"""What people do with assessments and decisions, each by its name.

Writing answers is in drafts.py, settling a condition in conditions.py. All keyword arguments
that move() takes can be given: by, channel, expected_version, request_id.

Raises: TransitionRefused, of the kind that tells why.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User

from assessments.effects import REVIEW_COMMENTS
from assessments.guards import DRAFT_VERSION
from opportunities.models import Opportunity
from opportunities.transitions import move
from opportunities.workflow import Action, Ask

Deal = Opportunity | int


def assessment_submit(
    *, opportunity: Deal, by: User, draft_version: int | None = None, **more: Any
) -> Opportunity:
    """Freeze the draft and hand it to the deciders.

    Args:
        draft_version: the draft's lock_version that the person saw.

    Raises: Incomplete with everything that is missing, Conflict with what was saved since.
    """
    params = {DRAFT_VERSION: draft_version}
    return move(opportunity, Action.SUBMIT, by=by, params=params, **more)


def assessment_withdraw(*, opportunity: Deal, by: User, **more: Any) -> Opportunity:
    return move(opportunity, Action.WITHDRAW, by=by, **more)


def assessment_return(
    *,
    opportunity: Deal,
    by: User,
    reason: str,
    review_comments: Mapping[str, str] | None = None,
    **more: Any,
) -> Opportunity:
    """Send it back; the comments are by code of the criterion."""
    params = {REVIEW_COMMENTS: review_comments or {}}
    return move(opportunity, Action.RETURN, by=by, reason=reason, params=params, **more)


def bid_approve(*, opportunity: Deal, by: User, **more: Any) -> Opportunity:
    """An override also needs reason_code, of OverrideReason, and reason."""
    return move(opportunity, Action.APPROVE, by=by, **more)


def bid_approve_with_conditions(
    *, opportunity: Deal, by: User, conditions: Sequence[Mapping[str, Any]], **more: Any
) -> Opportunity:
    """The conditions are {text, owner, due_on} each."""
    params: dict[str, Any] = {Ask.CONDITIONS: list(conditions)}
    return move(opportunity, Action.APPROVE_WITH_CONDITIONS, by=by, params=params, **more)


def bid_decline(
    *, opportunity: Deal, by: User, reason_code: str, reason: str, **more: Any
) -> Opportunity:
    """No bid, after the scoring; the code is one of NoBidReason."""
    more |= {"reason_code": reason_code, "reason": reason}
    return move(opportunity, Action.DECIDE_NO_BID, by=by, **more)


def conditions_met(*, opportunity: Deal, by: User, **more: Any) -> Opportunity:
    return move(opportunity, Action.CONDITIONS_MET, by=by, **more)


def conditions_failed(*, opportunity: Deal, by: User, reason: str, **more: Any) -> Opportunity:
    return move(opportunity, Action.CONDITIONS_FAILED, by=by, reason=reason, **more)


def opportunity_requalify(*, opportunity: Deal, by: User, reason: str, **more: Any) -> Opportunity:
    """A new version, copied from the last one; the former decision stays in the history."""
    return move(opportunity, Action.REQUALIFY, by=by, reason=reason, **more)
