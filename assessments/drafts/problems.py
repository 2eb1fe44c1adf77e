"""Refuse answers, naming the field of each problem so that a form can show it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from opportunities.domain.errors import GuardFailed, TransitionRefused
from opportunities.domain.states import Guard

if TYPE_CHECKING:
    from assessments.models import Assessment


class Problem(NamedTuple):
    code: str
    """Of the criterion, group or knock-out check; blank for what belongs to the whole."""
    field: str
    """answer, comment, reply, or the name of a recorded field."""
    sentence: str

    def as_error(self, code: str) -> dict[str, str]:
        """Return it as the API lists it; the field is `NEED.comment` or a recorded field."""
        field = f"{self.code}.{self.field}" if self.code else self.field
        return {"field": field, "code": code, "detail": self.sentence}


class _ProblemsRefused(TransitionRefused):
    GUARD: str
    ERROR_CODE: str

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(self.GUARD, " ".join(each.sentence for each in problems))
        self.problems = list(problems)
        self.errors = [each.as_error(self.ERROR_CODE) for each in problems]


class AnswersRefused(_ProblemsRefused):
    """Refuse a save with values that cannot be stored; nothing of it was."""

    code = "invalid_answers"
    status_code = 400
    GUARD = "answers_valid"
    ERROR_CODE = "invalid"


class Incomplete(_ProblemsRefused, GuardFailed):
    """Refuse to submit a draft that is not complete; it stays as it was."""

    code = "incomplete"
    status_code = 422
    GUARD = Guard.COMPLETE
    ERROR_CODE = "incomplete"


@dataclass(frozen=True)
class OtherSave:
    """Hold one field that was saved meanwhile, by someone else or from another window."""

    code: str
    field: str
    value: Any
    comment: str
    by: str
    at: datetime


class Conflict(TransitionRefused):
    """Refuse a save or a submission because the draft was saved since it was read.

    Attributes:
        current: the draft as it is now; its lock_version is the one to send next.
        saves: what has been saved since, newest first.
    """

    code = "conflict"

    def __init__(self, current: Assessment, saves: Sequence[OtherSave]) -> None:
        super().__init__("draft_unchanged", _sentence(saves))
        self.current, self.saves = current, list(saves)


def _sentence(saves: Sequence[OtherSave]) -> str:
    if not saves:
        return "This assessment has a newer version. Reload to see it."
    newest = saves[0]
    what = ", ".join(dict.fromkeys(each.code or each.field for each in saves))
    return (
        f"{newest.by} saved {what} in the meantime, last at {newest.at:%Y-%m-%d %H:%M} UTC. "
        "Your entries are still here: compare them with theirs, then save again."
    )
