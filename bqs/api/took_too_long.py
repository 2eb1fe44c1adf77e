"""Tell a statement that the limit of middleware/statement_timeout.py cut off, and answer so."""

from django.db import OperationalError
from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS

CANCELLED, WAIT_S = "57014", 60
NOT_DONE = ", and nothing was done. Try again in a minute"


class TookTooLong(APIException):
    status_code = 503
    default_code = "took_too_long"
    wait = WAIT_S

    def __init__(self, method: str) -> None:
        is_read = method in SAFE_METHODS
        super().__init__(f"This took too long{'. Filter the list' if is_read else NOT_DONE}.")


def took_too_long(error: BaseException) -> bool:
    code = getattr(error.__cause__, "pgcode", None)
    return isinstance(error, OperationalError) and code == CANCELLED
