"""A number and the rows it counts; many of them are asked of the database at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from bqs.dashboard.period import Period
from opportunities.querysets import OpportunityQuerySet


@dataclass(frozen=True)
class Scope:
    """Of whose and which opportunities the figures are."""

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
    """The parameters of the list that bring what is counted; a list of values means any of them."""


@dataclass(frozen=True)
class Amount:
    """Of one currency; those of two are never added up."""

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
    """The figures of all these widgets, in one query."""
    each_asked = [asked for widget in widgets for asked in widget]
    counts = rows.order_by().aggregate(
        **{f"n{n}": Count("pk", filter=each.condition or None) for n, each in enumerate(each_asked)}
    )
    numbers = iter(counts.values())
    return [
        [Figure(each.name, each.label, next(numbers), each.narrowed) for each in widget]
        for widget in widgets
    ]


def percent(part: int, whole: int) -> Decimal | None:
    """To one decimal; nothing where there is nothing to be a part of."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None
