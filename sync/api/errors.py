"""What the sync's API may answer instead of what was asked for."""

from typing import Any

from rest_framework import exceptions


class AlreadyRunning(exceptions.APIException):
    status_code = 409
    default_code = "already_running"

    def __init__(self, detail: str, running: Any) -> None:
        """
        Args:
            running: the other run as JSON, or None.
        """
        super().__init__(detail)
        self.members = {"running": running}
        """Joins the problem's own members."""


class LaunchFailed(exceptions.APIException):
    status_code = 503
    default_code = "launch_failed"


class NotInMirror(exceptions.NotFound):
    """Neither refreshed nor stored."""


class OracleOutOfReach(exceptions.APIException):
    status_code = 503
    default_code = "oracle_out_of_reach"


class RecordNotUsable(exceptions.APIException):
    """Oracle has the record, and the fault is in it: a bad gateway, not a missing page."""

    status_code = 502
    default_code = "record_not_usable"
