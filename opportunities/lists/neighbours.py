"""Find what stands before and after a row of a sorted list.

A place is the values by which the row is sorted. So no rows on the way are read, and the answer
stays the same however many rows come and go there.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connections
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

from opportunities.domain.states import WorkflowStatus

Rows = QuerySet[Any]
EVERY, NOTHING = Q(), Q(pk__in=[])
BY_STATE = "workflow_status__in_work"


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

    def reaches(self, value: Any, *, is_back: bool) -> Q:
        """Match the value and what is on one side of it: an index begins there."""
        if value is None:
            return EVERY if is_back else NOTHING
        return Q(**{f"{self.name}__{'lte' if self.order.descending != is_back else 'gte'}": value})


class Places:
    """Order the rows, with the id last, and read the values of each one's place."""

    may_estimate = False
    """Whether the reader sees all there is: a planner's estimate reckons with all of it."""

    def __init__(self, rows: Rows, shown: Rows | None = None) -> None:
        """
        Args:
            shown: all rows as a page shows them, so that those of a page are found by what little
                it takes to sort them; in the same order, and without the filters.
        """
        orders = [
            _as_order(each, rows.model)
            for each in rows.query.order_by or rows.model._meta.ordering or ()
        ]
        if not any(_column(each) in ("id", "pk") for each in orders):
            orders.append(OrderBy(F("id"), descending=True))
        self._terms = [Term(_name(order, number), order) for number, order in enumerate(orders)]
        self._more = {
            each.name: each.order.expression
            for each in self._terms
            if each.name != _column(each.order)
        }
        self.order = ",".join(f"{each.name} {each.order.descending}" for each in self._terms)
        self.rows = self._sorted(rows)
        self._shown = None if shown is None else self._sorted(shown)

    def _sorted(self, rows: Rows) -> Rows:
        return rows.annotate(**self._more).order_by(*(each.order for each in self._terms))

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

    def read(self, first: int, last: int) -> list[Any]:
        """Return a part of the rows."""
        return self._read(self.rows, first, last)

    def read_from_end(self, first: int, last: int) -> list[Any]:
        return self._read(self.rows.reverse(), first, last)

    def read_beside(self, place: list[Any], most: int, *, is_back: bool) -> list[Any]:
        """Return the nearest rows after a place, or before it, the nearest first."""
        rows = self.before(place) if is_back else self.after(place)
        return self._read(rows, 0, most, self._terms[0].reaches(place[0], is_back=is_back))

    def _read(self, rows: Rows, first: int, last: int, reach: Q = EVERY) -> list[Any]:
        """Find the ids before the rows: to sort whole rows costs PostgreSQL several times more."""
        if self._shown is None or connections[rows.db].vendor != "postgresql":
            return list(rows[first:last])
        shown = self._shown if rows.query.standard_ordering else self._shown.reverse()
        return list(shown.filter(pk__in=self._ids(rows, first, last, reach)))

    def _ids(self, rows: Rows, first: int, last: int, reach: Q) -> Rows:
        """Return ids, one part after the other."""
        parts = [each.values("pk")[:last] for each in self._parts(rows, reach)]
        one, *others = parts if rows.query.standard_ordering else parts[::-1]
        # A part with a limit is never read beside another: PostgreSQL holds a limit to be unsafe
        # in parallel, whatever its settings are.
        return (one.union(*others, all=True) if others else one)[first:last]

    def _parts(self, rows: Rows, reach: Q) -> list[Rows]:
        """Return what an index has in order: rows with a value before others, or each state."""
        term, *others = self._terms
        by_others, reached = [each.order for each in others], rows.filter(reach)
        if _column(term.order) == BY_STATE:
            return [
                reached.filter(workflow_status=each).order_by(*by_others) for each in WorkflowStatus
            ]
        if not term.order.nulls_last:
            return [reached]
        by_value = [_without_empty(term.order), *by_others]
        held = reached.filter(**{f"{term.name}__isnull": False}).order_by(*by_value)
        return [held, rows.filter(**{f"{term.name}__isnull": True}).order_by(*by_others)]

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


def _as_order(order: Any, model: type[Model]) -> OrderBy:
    """Return an ordering; where nothing is empty, one that an index has in both directions."""
    if not isinstance(order, OrderBy):
        return OrderBy(F(order.removeprefix("-")), descending=order.startswith("-"))
    return order if _may_be_empty(order, model) else _without_empty(order)


def _may_be_empty(order: OrderBy, model: type[Model]) -> bool:
    try:
        field = model._meta.get_field((_column(order) or "").partition("__")[0])
    except FieldDoesNotExist:
        return bool(order.nulls_last)
    # A generated column has its emptiness from what it is made of.
    is_never = not (field.null or field.is_relation or field.generated)  # type: ignore[union-attr]
    return bool(order.nulls_last and not is_never)


def _without_empty(order: OrderBy) -> OrderBy:
    return OrderBy(order.expression, descending=order.descending)


def _column(order: OrderBy) -> str | None:
    return order.expression.name if isinstance(order.expression, F) else None  # type: ignore[attr-defined]


def _name(order: OrderBy, number: int) -> str:
    """Return the attribute that holds the value: the row's own column, or one that is annotated."""
    column = _column(order)
    return column if column and "__" not in column else f"place_{number}"
