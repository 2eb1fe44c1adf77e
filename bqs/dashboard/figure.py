"""A figure: a number and the filter that lists its rows. One query counts many of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import count
from statistics import median, quantiles
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from bqs.dashboard.period import Period
from opportunities.models.querysets import OpportunityQuerySet


@dataclass(frozen=True)
class Scope:
    """Rows that figures count, with the user who asks, the period and the current time."""

    rows: OpportunityQuerySet
    user: Any
    period: Period
    now: datetime = field(default_factory=timezone.now)


@dataclass(frozen=True)
class Figure:
    name: str
    label: str
    count: int
    narrowed: Mapping[str, Any]
    """Parameters of the list that bring the rows counted; a list of values means any of them."""


@dataclass(frozen=True)
class Amount:
    """A sum in one currency: those of two are never added up."""

    currency: str | None
    value: Decimal
    count: int
    narrowed: Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A figure before it is counted."""

    name: str
    label: str
    condition: Q
    narrowed: Mapping[str, Any]


def counted(rows: OpportunityQuerySet, *widgets: Sequence[Asked]) -> list[list[Figure]]:
    """Count the figures of all these widgets, in one query."""
    return told(rows.order_by().aggregate(**counts_of(*widgets)), *widgets)


def counts_of(*widgets: Sequence[Asked]) -> dict[str, Count]:
    """Return what counts the figures of these widgets, to be told by `told`."""
    each_asked = enumerate(asked for widget in widgets for asked in widget)
    # Of a column that is never empty and, unlike the id, in the index of states.
    return {
        f"n{n}": Count("workflow_status", filter=each.condition or None) for n, each in each_asked
    }


def told(counts: Mapping[str, int], *widgets: Sequence[Asked]) -> list[list[Figure]]:
    number = count()
    return [
        [
            Figure(each.name, each.label, counts[f"n{next(number)}"], each.narrowed)
            for each in widget
        ]
        for widget in widgets
    ]


def percent(part: int, whole: int) -> Decimal | None:
    """Return a share with one decimal; None where there is nothing to divide by."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None


@dataclass(frozen=True)
class Durations:
    """Durations in working days."""

    days: list[float]

    @property
    def median(self) -> Decimal | None:
        return _tenths(median(self.days)) if self.days else None

    @property
    def nine_of_ten(self) -> Decimal | None:
        """Return the 90th percentile."""
        if len(self.days) < 2:
            return self.median
        return _tenths(quantiles(self.days, n=10, method="inclusive")[-1])


def _tenths(number: float) -> Decimal:
    return Decimal(number).quantize(Decimal("0.1"))
