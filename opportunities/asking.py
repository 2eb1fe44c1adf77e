"""What a person says with an action: read, and refused where it is missing or makes no sense."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.utils.timezone import localdate

from opportunities.refusals import GuardFailed
from opportunities.roles import is_sa
from opportunities.rules import Attempt
from opportunities.workflow import Ask

LONGEST_CODE = 40


def understood(params: Mapping[str, Any]) -> dict[str, Any]:
    """The same with a User for an assignee's id and a date for a review date in words."""
    read = dict(params)
    if read.get(Ask.ASSIGNEE) is not None:
        read[Ask.ASSIGNEE] = _person(read[Ask.ASSIGNEE])
    if isinstance(read.get(Ask.REVIEW_ON), str):
        read[Ask.REVIEW_ON] = _day(read[Ask.REVIEW_ON])
    return read


def _person(who: Any) -> User | None:
    if isinstance(who, User):
        return who
    try:
        return User.objects.filter(pk=who).first()
    except (TypeError, ValueError):
        return None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise GuardFailed("review date", "Write the review date as in 2027-03-31.") from None


def check_what_is_said(attempt: Attempt) -> None:
    """Raises: GuardFailed for the first thing missing."""
    for ask in attempt.transition.asks:
        match ask:
            case Ask.REASON:
                _check_reason(attempt)
            case Ask.REASON_CODE:
                _check_reason_code(attempt)
            case Ask.ASSIGNEE:
                _check_assignee(attempt)
            case Ask.REVIEW_ON:
                _check_review_date(attempt)
    if len(attempt.reason_code) > LONGEST_CODE:
        raise GuardFailed("reason code", f"A reason code has at most {LONGEST_CODE} characters.")


def _check_reason(attempt: Attempt) -> None:
    if not attempt.reason.strip():
        raise GuardFailed("reason given", "Give a reason.")


def _check_reason_code(attempt: Attempt) -> None:
    if not attempt.reason_code.strip():
        raise GuardFailed("reason code given", "Choose a reason code.")


def _check_assignee(attempt: Attempt) -> None:
    person = attempt.params.get(Ask.ASSIGNEE)
    if person is None:
        raise GuardFailed("assignee active and an SA", "Say whom to assign it to.")
    if not is_sa(person):
        name = person.get_full_name() or person.get_username()
        raise GuardFailed("assignee active and an SA", f"{name} is not an active SA.")
    if person.pk == attempt.opportunity.assigned_sa_id:
        raise GuardFailed("another assignee", "It is assigned to this SA already.")


def _check_review_date(attempt: Attempt) -> None:
    day = attempt.params.get(Ask.REVIEW_ON)
    if not isinstance(day, date) or day <= localdate(attempt.at):
        raise GuardFailed("review date in the future", "Name a review date in the future.")
