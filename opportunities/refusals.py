"""Why something cannot be done, each with a code for programs and a sentence for people."""

from collections.abc import Mapping, Sequence
from typing import ClassVar


class TransitionRefused(Exception):
    """Nothing was changed.

    Attributes:
        guard: the rule that refused, by the name the workflow's table gives it.
        sentence: says it to a person, and what to do.
        errors: of values that cannot be taken, {field, code, detail} each.
    """

    code: ClassVar[str] = "refused"
    status_code: ClassVar[int] = 409
    errors: Sequence[Mapping[str, str]] = ()

    def __init__(self, guard: str, sentence: str) -> None:
        super().__init__(sentence)
        self.guard, self.sentence = guard, sentence


class OutOfSight(TransitionRefused):
    """It is not there, or not for this person to see; the two are not told apart."""

    code = "not_found"
    status_code = 404


class StaleVersion(TransitionRefused):
    code = "stale_version"


class WrongState(TransitionRefused):
    code = "wrong_state"


class Forbidden(TransitionRefused):
    code = "forbidden"
    status_code = 403


class GuardFailed(TransitionRefused):
    code = "guard_failed"
