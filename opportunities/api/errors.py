"""What the workflow refuses, as the API's errors."""

from typing import Any

from rest_framework import exceptions

from opportunities.refusals import TransitionRefused


class Refused(exceptions.APIException):
    """The refusal's own code, status and sentence; `members` join the problem's."""

    def __init__(self, refusal: TransitionRefused, **members: Any) -> None:
        super().__init__(refusal.sentence, refusal.code)
        self.status_code = refusal.status_code
        self.members = {"guard": refusal.guard, **members}
        if refusal.errors:
            self.members["errors"] = list(refusal.errors)
