"""Compare criteria by their ratings in the newest scored version: where points are lost."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Sum

from assessments.analytics.ratings import newest_ratings
from bqs.dashboard.figure import Figure, Scope
from bqs.dashboard.groups import grouped

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
    """Average the ratings of versions submitted in the period, lowest first, in one query."""
    period = scope.period
    submitted = scope.rows.order_by().filter(period.within("submitted_at"))
    rated: Any = newest_ratings().filter(**{f"{DEAL}__in": submitted.values("pk")})
    # By the criterion's id: to sort all answers by its code takes longer than to count them.
    by_id = rated.values("criterion", practice=F(f"{DEAL}__practice"))
    words = {"code": Max("criterion__code"), "name": Max("criterion__name")}
    rows = list(by_id.annotate(count=Count("pk"), points=Sum("rating"), **words))
    by_code: defaultdict[str, list[OfPractice]] = defaultdict(list)
    for (code, practice), same in grouped(rows, lambda row: (row["code"], row["practice"])).items():
        here = {**period.bounds("submitted"), "rated": code, "practice": practice or ""}
        name = max(row["name"] for row in same)
        count, points = (sum(row[each] for row in same) for each in ("count", "points"))
        by_code[code].append(OfPractice(code, name, count, here, practice, points))
    return sorted((_whole(parts) for parts in by_code.values()), key=lambda each: each.average)


def _whole(parts: list[OfPractice]) -> Rated:
    first = parts[0]
    narrowed = {name: value for name, value in first.narrowed.items() if name != "practice"}
    count, points = sum(part.count for part in parts), sum(part.points for part in parts)
    lowest_first = sorted(parts, key=lambda part: part.average)
    return Rated(first.name, first.label, count, narrowed, None, points, lowest_first)
