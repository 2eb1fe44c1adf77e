"""Count the rows of a list, as cheaply as its reader needs."""

import json
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import QuerySet

COUNTED = 10_000
"""More rows than these are estimated: to count a million takes as long as to read them all."""


class RowCount(NamedTuple):
    number: int
    is_estimated: bool = False


def count_of(rows: QuerySet[Any]) -> RowCount:
    """Count up to COUNTED rows, and beyond ask PostgreSQL's planner; SQLite has no estimate."""
    if connections[rows.db].vendor != "postgresql":
        return RowCount(rows.count())
    ids = rows.order_by().values("pk")
    counted = ids[: COUNTED + 1].count()
    if counted <= COUNTED:
        return RowCount(counted)
    return RowCount(max(counted, _estimated(ids)), is_estimated=True)


def _estimated(rows: QuerySet[Any]) -> int:
    return int(json.loads(rows.explain(format="json"))[0]["Plan"]["Plan Rows"])
