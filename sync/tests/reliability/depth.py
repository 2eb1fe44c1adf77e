"""How thoroughly to look: a sample that fits into CI, or everything with RELIABILITY=full."""

import os
from collections.abc import Sequence
from typing import TypeVar

from django.db import connection

IS_FULL = os.environ.get("RELIABILITY") == "full"
T = TypeVar("T")


def shared_out(cases: Sequence[T]) -> Sequence[T]:
    """Of a sample every other case on SQLite and those between on PostgreSQL: CI runs both."""
    return cases if IS_FULL else cases[connection.vendor == "postgresql" :: 2]
