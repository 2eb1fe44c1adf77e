"""Why answers cannot be taken, each with what a form needs to show it in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from opportunities.refusals import GuardFailed, TransitionRefused
from opportunities.workflow import Guard

if TYPE_CHECKING:
    from assessments.models import Assessment


class Problem(NamedTuple):
    code: str
    """Of the criterion, group or knock-out check; blank for what belongs to the whole."""
    field: str
    """answer, comment, reply, or the name of a recorded field."""
    sentence: str

    def as_error(self, code: str) -> dict[str, str]:
        """As the API lists it: `NEED.comment`, or the name of a recorded field."""
        field = f"{self.code}.{self.field}" if self.code else self.field
        return {"field": field, "code": code, "detail": self.sentence}


class AnswersRefused(TransitionRefused):
    """Some values cannot be kept. Nothing of the save was."""

    code = "invalid_answers"
    status_code = 400

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("answers valid", " ".join(each.sentence for each in problems))
        self.problems = list(problems)
        self.errors = [each.as_error("invalid") for each in problems]


class Incomplete(GuardFailed):
    """It cannot be submitted yet; the draft is as it was."""

    code = "incomplete"
    status_code = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(Guard.COMPLETE, " ".join(each.sentence for each in problems))
        self.problems = list(problems)
        self.errors = [each.as_error("incomplete") for each in problems]


@dataclass(frozen=True)
class OtherSave:
    """What somebody else, or the same person in another window, has saved meanwhile."""

    code: str
    field: str
    value: Any
    comment: str
    by: str
    at: datetime


class Conflict(TransitionRefused):
    """The draft was saved since. Nothing of this save was kept: send it again on top.

    Attributes:
        current: the draft as it is now; its lock_version is the one to send next.
        saves: what has been saved since, newest first.
    """

    code = "conflict"

    def __init__(self, current: Assessment, saves: Sequence[OtherSave]) -> None:
        super().__init__("draft unchanged since you read it", _sentence(saves))
        self.current, self.saves = current, list(saves)


def _sentence(saves: Sequence[OtherSave]) -> str:
    if not saves:
        return "A newer version of this assessment exists. Reload, and look again."
    newest = saves[0]
    what = ", ".join(dict.fromkeys(each.code or each.field for each in saves))
    return (
        f"{newest.by} saved {what} in the meantime, last at {newest.at:%Y-%m-%d %H:%M} UTC. "
        "Nothing of theirs or yours is lost: look at both, then save again."
    )
