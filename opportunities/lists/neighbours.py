"""Find what stands before and after a row of a sorted list.

A place is the values by which the row is sorted. So no rows on the way are read, and the answer
stays the same however many rows come and go there.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

Rows = QuerySet[Any]
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Term:
    """Hold one value of a place: `name` is the attribute of the row."""

    name: str
    order: OrderBy

    def is_before(self, value: Any) -> Q:
        """Match earlier rows; empty values come last, whichever way it is sorted."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False})
        return Q(**{f"{self.name}__{'gt' if self.order.descending else 'lt'}": value})

    def is_after(self, value: Any) -> Q:
        if value is None:
            return NOTHING
        after = Q(**{f"{self.name}__{'lt' if self.order.descending else 'gt'}": value})
        # Only orders that say so have empty values.
        return after | Q(**{f"{self.name}__isnull": True}) if self.order.nulls_last else after


class Places:
    """Order the rows, with the id last, and read the values of each one's place."""

    def __init__(self, rows: Rows) -> None:
        orders = [
            _as_order(each) for each in rows.query.order_by or rows.model._meta.ordering or ()
        ]
        if not any(_column(each) in ("id", "pk") for each in orders):
            orders.append(OrderBy(F("id"), descending=True))
        self._terms = [Term(_name(order, number), order) for number, order in enumerate(orders)]
        more = {
            each.name: each.order.expression
            for each in self._terms
            if each.name != _column(each.order)
        }
        self.order = ",".join(f"{each.name} {each.order.descending}" for each in self._terms)
        self.rows = rows.annotate(**more).order_by(*orders)

    def of(self, row: Any) -> list[Any]:
        return [getattr(row, each.name) for each in self._terms]

    def of_id(self, pk: int) -> list[Any]:
        """Return the place of this row. Raises: DoesNotExist, where it is not among the rows."""
        return [*self.rows.values_list(*(each.name for each in self._terms)).get(pk=pk)]

    def after(self, place: list[Any]) -> Rows:
        return self.rows.filter(self._on_one_side(place, Term.is_after))

    def before(self, place: list[Any]) -> Rows:
        """Return the rows before a place, the nearest first."""
        return self.rows.filter(self._on_one_side(place, Term.is_before)).reverse()

    def _on_one_side(self, place: list[Any], is_on_it: Any) -> Q:
        found, equal = NOTHING, Q()
        for term, value in zip(self._terms, place, strict=True):
            found |= equal & is_on_it(term, value)
            equal &= Q(**{term.name: value})
        return found


def neighbours(rows: Rows, pk: int) -> tuple[Rows, Rows]:
    """Return the rows before it, the nearest first, and those after it.

    Raises: DoesNotExist, where it is not among the rows.
    """
    places = Places(rows)
    place = places.of_id(pk)
    return places.before(place), places.after(place)


def _as_order(order: Any) -> OrderBy:
    """Return an ordering, also for the name of a column that is never empty."""
    if isinstance(order, OrderBy):
        return order
    return OrderBy(F(order.removeprefix("-")), descending=order.startswith("-"))


def _column(order: OrderBy) -> str | None:
    return order.expression.name if isinstance(order.expression, F) else None  # type: ignore[attr-defined]


def _name(order: OrderBy, number: int) -> str:
    """Return the attribute that holds the value: the row's own column, or one that is annotated."""
    column = _column(order)
    return column if column and "__" not in column else f"place_{number}"
