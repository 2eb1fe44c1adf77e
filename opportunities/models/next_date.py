"""Compute in SQL the next date that counts in the state of an opportunity.

The database keeps it as a column, so whatever sets one of its parts keeps it right, and an index
serves lists that begin with what is most urgent.
"""

from typing import Any

from django.db.models import Case, DateTimeField, F, Func, Value, When
from django.db.models.functions import Coalesce, Least

from opportunities.domain.deadlines import CLOCKED, SHORTENED
from opportunities.domain.states import WorkflowStatus


class EndOfDay(Func):
    """Return when a day ends, in UTC: a column may not depend on the time zone of a session."""

    output_field = DateTimeField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "(((%(expressions)s) + 1)::timestamp AT TIME ZONE 'UTC')"
        return self.as_sql(compiler, connection, template=template, **more)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="datetime(%(expressions)s, '+1 day')", **more
        )


DUE, BID_DUE, REVIEW = F("due_at"), EndOfDay("bid_due_on"), EndOfDay("hold_review_on")


def date_that_counts() -> Case:
    """Return the clock's end or the earlier day of the bid; of a hold, the day of its review.

    Conditions set the clock themselves. What nobody waits for has none.
    """
    return Case(
        # Of SQLite's least of a value and nothing there is nothing.
        When(
            workflow_status__in=SHORTENED,
            then=Least(Coalesce(DUE, BID_DUE), Coalesce(BID_DUE, DUE)),
        ),
        When(workflow_status__in=CLOCKED, then=DUE),
        When(workflow_status=WorkflowStatus.ON_HOLD, then=REVIEW),
        default=Value(None),
        output_field=DateTimeField(),
    )
