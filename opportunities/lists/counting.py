"""Count the rows of a list, as cheaply as its reader needs."""

import json
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import IntegerField, QuerySet, Subquery

COUNTED = 10_000
"""More rows than these are estimated: to count a million takes as long as to read them all."""


class RowCount(NamedTuple):
    number: int
    is_estimated: bool = False


class CountUpTo(Subquery):
    """Count rows as a column beside others: COUNTED of them, and one more if there are more."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk")[: COUNTED + 1])


def count_of(rows: QuerySet[Any], *, may_estimate: bool) -> RowCount:
    """Count up to COUNTED rows, and beyond ask PostgreSQL's planner; SQLite has no estimate.

    Args:
        may_estimate: whether the reader sees all rows, as the planner reckons with all.
    """
    if not may_estimate or connections[rows.db].vendor != "postgresql":
        return RowCount(rows.count())
    return told(rows.order_by().values("pk")[: COUNTED + 1].count(), rows, may_estimate=True)


def told(counted: int, rows: QuerySet[Any], *, may_estimate: bool) -> RowCount:
    """Return what was counted up to COUNTED of these rows, or how many there are about."""
    if counted <= COUNTED:
        return RowCount(counted)
    if not may_estimate or connections[rows.db].vendor != "postgresql":
        return RowCount(rows.count())
    plan = json.loads(rows.order_by().values("pk").explain(format="json"))[0]["Plan"]
    return RowCount(max(counted, int(plan["Plan Rows"])), is_estimated=True)
