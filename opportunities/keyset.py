"""What stands before and after a row in a sorted list, asked by the row's own values.

So that neither the rows before it nor those after it have to be read.
"""

from typing import Any

from django.db.models import Q
from django.db.models.expressions import OrderBy

from opportunities.querysets import OpportunityQuerySet

NOTHING = Q(pk__in=[])


def around(rows: OpportunityQuerySet, pk: int) -> tuple[OpportunityQuerySet, OpportunityQuerySet]:
    """What is before it, the nearest first, and what is after it.

    Raises: Opportunity.DoesNotExist, where it is not among the rows.
    """
    terms = [_term(each) for each in rows.query.order_by or rows.model._meta.ordering or ()]
    values = rows.values_list(*(column for column, _ in terms)).get(pk=pk)
    before, after, equal = NOTHING, NOTHING, Q()
    for (column, is_descending), value in zip(terms, values, strict=True):
        before |= equal & _is_before(column, value, is_descending)
        after |= equal & _is_after(column, value, is_descending)
        equal &= Q(**{column: value})
    return rows.filter(before).reverse(), rows.filter(after)


def _is_before(column: str, value: Any, is_descending: bool) -> Q:
    """The empty values come last, whichever way it is sorted."""
    if value is None:
        return Q(**{f"{column}__isnull": False})
    return Q(**{f"{column}__{'gt' if is_descending else 'lt'}": value})


def _is_after(column: str, value: Any, is_descending: bool) -> Q:
    if value is None:
        return NOTHING
    return Q(**{f"{column}__{'lt' if is_descending else 'gt'}": value}) | Q(
        **{f"{column}__isnull": True}
    )


def _term(order: Any) -> tuple[str, bool]:
    """Of an ordering with the empty values last, or of columns that have none."""
    if isinstance(order, OrderBy):
        column: Any = order.expression
        return column.name, order.descending
    return order.removeprefix("-"), order.startswith("-")
