"""Errors of the workflow: a code for programs and a sentence for people each."""

from collections.abc import Mapping, Sequence
from typing import ClassVar


class TransitionRefused(Exception):
    """A refusal that changed nothing.

    Attributes:
        guard: the rule that refused, by its name in the workflow's table.
        sentence: the reason and what to do, for people.
        errors: {field, code, detail} of each value that was refused.
    """

    code: ClassVar[str] = "refused"
    status_code: ClassVar[int] = 409
    errors: Sequence[Mapping[str, str]] = ()

    def __init__(self, guard: str, sentence: str) -> None:
        super().__init__(sentence)
        self.guard, self.sentence = guard, sentence


class NotVisible(TransitionRefused):
    """A missing opportunity, or one this person may not see: nobody can tell which."""

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
