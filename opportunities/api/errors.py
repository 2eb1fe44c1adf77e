"""Answer what the workflow refuses as an error of the API."""

from typing import Any

from rest_framework import exceptions

from opportunities.domain.errors import TransitionRefused
from opportunities.lists.slots import NoSlot


class Refused(exceptions.APIException):
    """Keep the refusal's code, status and sentence; `members` join the problem's."""

    def __init__(self, refusal: TransitionRefused, **members: Any) -> None:
        super().__init__(refusal.sentence, refusal.code)
        self.status_code = refusal.status_code
        self.members = {"guard": refusal.guard, **members}
        if refusal.errors:
            self.members["errors"] = list(refusal.errors)


class Busy(exceptions.APIException):
    status_code = 429
    default_code = "busy"

    def __init__(self, refusal: NoSlot) -> None:
        super().__init__(str(refusal))
        self.wait = refusal.wait_s
