"""Compare criteria by their ratings in the newest scored version: where points are lost."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count, F, Sum

from assessments.analytics.ratings import newest_ratings
from assessments.models import Criterion
from bqs.dashboard.figure import Figure, Scope
from bqs.dashboard.groups import Row, grouped

DEAL = "assessment__opportunity"


@dataclass(frozen=True)
class OfPractice(Figure):
    practice: str | None
    points: int

    @property
    def average(self) -> Decimal:
        return (Decimal(self.points) / self.count).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class Rated(OfPractice):
    """A criterion, with the number of opportunities whose newest scored version rates it."""

    by_practice: list[OfPractice]


def criteria(scope: Scope) -> list[Rated]:
    """Average the ratings of versions submitted in the period, lowest first, in two queries."""
    period = scope.period
    submitted = scope.rows.order_by().filter(period.within("submitted_at"))
    rated: Any = newest_ratings().filter(**{f"{DEAL}__in": submitted.values("pk")})
    # By the criterion's id: to join its code to all answers takes longer than to count them.
    by_id = rated.values("criterion", practice=F(f"{DEAL}__practice"))
    rows = list(by_id.annotate(count=Count("pk"), points=Sum("rating")))
    known = {each.pk: each for each in Criterion.objects.only("code", "name")}
    by_code: defaultdict[str, list[OfPractice]] = defaultdict(list)
    for (code, practice), same in grouped(rows, partial(_place, known)).items():
        here = {**period.bounds("submitted"), "rated": code, "practice": practice or ""}
        name = max(known[row["criterion"]].name for row in same)
        count, points = (sum(row[each] for row in same) for each in ("count", "points"))
        by_code[code].append(OfPractice(code, name, count, here, practice, points))
    return sorted((_whole(parts) for parts in by_code.values()), key=lambda each: each.average)


def _place(known: Mapping[int, Criterion], row: Row) -> tuple[str, str | None]:
    """Return what templates have in common."""
    return known[row["criterion"]].code, row["practice"]


def _whole(parts: list[OfPractice]) -> Rated:
    first = parts[0]
    narrowed = {name: value for name, value in first.narrowed.items() if name != "practice"}
    count, points = sum(part.count for part in parts), sum(part.points for part in parts)
    lowest_first = sorted(parts, key=lambda part: part.average)
    return Rated(first.name, first.label, count, narrowed, None, points, lowest_first)
