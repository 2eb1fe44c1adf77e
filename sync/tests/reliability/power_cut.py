"""A run that is cut off at some statement, as by a power cut."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any

from django.db import connection

# What the database itself does when a process is gone.
DONE_BY_THE_DATABASE = r"(SAVEPOINT|RELEASE|ROLLBACK|SELECT pg_advisory)"


class PowerCut(BaseException):
    """Nothing catches it but the very end of a run."""


def cut_off(run: Callable[[], object], at_statement: int) -> bool:
    """Carry out no statement from this one on; say whether the run came that far."""
    numbers = count(1)

    def wrapper(execute: Any, sql: str, *more: Any) -> Any:
        if not re.match(DONE_BY_THE_DATABASE, sql) and next(numbers) >= at_statement:
            raise PowerCut
        return execute(sql, *more)

    try:
        with connection.execute_wrapper(wrapper):
            run()
    except PowerCut:
        return True
    return False
