"""Parse the inputs of an action, and refuse missing or senseless ones."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.utils.timezone import localdate

from opportunities import extensions
from opportunities.access.roles import is_sa
from opportunities.domain.errors import GuardFailed
from opportunities.domain.states import Action, InputField
from opportunities.lists.presentation import person
from opportunities.workflow.rules import TransitionContext

LONGEST_CODE = 40


def parse_inputs(params: Mapping[str, Any]) -> dict[str, Any]:
    """Turn an assignee's id into a User and a review date in ISO text into a date."""
    parsed = dict(params)
    if InputField.ASSIGNEE in parsed:
        parsed[InputField.ASSIGNEE] = user_from(parsed[InputField.ASSIGNEE])
    if isinstance(day := parsed.get(InputField.REVIEW_ON), str):
        try:
            parsed[InputField.REVIEW_ON] = date.fromisoformat(day)
        except ValueError:
            sentence = "Write the review date like 2027-03-31."
            raise GuardFailed("review_date", sentence) from None
    return parsed


def user_from(who: Any) -> User | None:
    """Return the user that this is, or whose id this is, if there is one."""
    if isinstance(who, User) or who is None:
        return who
    try:
        return User.objects.filter(pk=who).first()
    except (TypeError, ValueError):
        return None


def check_inputs(context: TransitionContext) -> None:
    """Check all inputs but conditions. Raises: GuardFailed for the first one that is wrong."""
    asks = context.transition.required_inputs
    _check_reason_code(context, is_required=InputField.REASON_CODE in asks)
    if InputField.REASON in asks and not context.reason:
        raise GuardFailed("reason_given", "Give a reason.")
    if InputField.ASSIGNEE in asks:
        _check_assignee(context)
    if InputField.REVIEW_ON in asks:
        day = context.params.get(InputField.REVIEW_ON)
        if not isinstance(day, date) or day <= localdate(context.at):
            raise GuardFailed("review_date_in_future", "Choose a review date in the future.")


def _check_reason_code(context: TransitionContext, *, is_required: bool) -> None:
    code, known = context.reason_code, dict(reason_codes_of(context.action))
    if not code and is_required:
        raise GuardFailed("reason_code_given", "Choose a reason code.")
    if len(code) > LONGEST_CODE:
        sentence = f"A reason code has at most {LONGEST_CODE} characters."
        raise GuardFailed("reason_code_length", sentence)
    if code and known and code not in known:
        sentence = f"Choose one of these reason codes: {', '.join(known)}."
        raise GuardFailed("reason_code_known", sentence)


def reason_codes_of(action: Action) -> list[tuple[str, str]]:
    """Return (code, label) of each to choose from; none where any code will do."""
    return [code for codes in extensions.reason_codes.all(action) for code in codes]


def _check_assignee(context: TransitionContext) -> None:
    assignee = context.params.get(InputField.ASSIGNEE)
    if assignee is None:
        raise GuardFailed("assignee_is_active_sa", "Choose an SA.")
    if not is_sa(assignee):
        sentence = f"{person(assignee)} is not an active SA."
        raise GuardFailed("assignee_is_active_sa", sentence)
    if assignee.pk == context.opportunity.assigned_sa_id:
        raise GuardFailed("another_assignee", "It is already assigned to this SA. Choose another.")
