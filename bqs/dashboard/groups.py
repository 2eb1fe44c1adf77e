"""Opportunities by state, practice and geography: read once, added up in several ways."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Sum

from bqs.dashboard.figure import Amount, Asked, Figure, Scope, counts_of, told
from bqs.dashboard.work import OPEN
from opportunities.domain.states import WorkflowStatus
from opportunities.lists.figures import AGES, WAITING
from opportunities.models import conditions

KEYS = ("workflow_status", "practice", "geo", "currency", "is_open")
SUMS = {
    "deal_value_sum": Sum("deal_value"),
    "win_probability_sum": Sum("win_probability"),
    "win_probability_count": Count("win_probability"),
}
SCORE_STEP = 10
# The edges of the usual bands, 50 and 70, are edges here; 100 stands with those before it.
LEAST_SCORES = range(0, 100, SCORE_STEP)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Valued(Figure):
    amounts: list[Amount]


@dataclass(frozen=True)
class Cell(Valued):
    practice: str | None
    geo: str | None
    average_score: Decimal | None


def groups(scope: Scope, *widgets: Sequence[Asked]) -> tuple[list[Row], list[list[Figure]]]:
    """Return a row for each combination of the keys, and the figures of these widgets.

    One query, as each one over all rows takes long: it counts the figures in each combination.
    """
    is_open = ExpressionWrapper(conditions.OPEN, BooleanField())
    ages = {
        _age(n): Count("workflow_status", filter=each.condition(scope.now))
        for n, each in enumerate(AGES)
    }
    counts, by_keys = counts_of(*widgets), scope.rows.order_by().annotate(is_open=is_open)
    rows: Any = by_keys.values(*KEYS).annotate(
        count=Count("workflow_status"), **ages, **counts, **SUMS
    )
    found = list(rows)
    whole = {name: sum(row[name] for row in found) for name in counts}
    return found, told(whole, *widgets)


def open_scores(scope: Scope) -> list[Row]:
    """Return open scores by practice and geography; joining the score to all rows is slow."""
    scored: Any = scope.rows.order_by().filter(conditions.OPEN).scored()
    sums = {"score_sum": Sum("score"), "score_count": Count("score")}
    return list(scored.values("practice", "geo", "score").annotate(**sums))


def pipeline(rows: list[Row]) -> list[Valued]:
    by_status = grouped(rows, lambda row: row["workflow_status"])
    return [
        valued(status, status.label, by_status[status], {"workflow_status": status})
        for status in WorkflowStatus
    ]


def age(rows: list[Row]) -> list[Figure]:
    by_status = grouped(rows, lambda row: row["workflow_status"])
    return [
        Figure(
            status,
            each.label,
            sum(row[_age(n)] for row in by_status[status]),
            {"workflow_status": status, "age": each.name},
        )
        for status in WAITING
        for n, each in enumerate(AGES)
    ]


def practice_and_geo(rows: list[Row], scores: list[Row]) -> list[Cell]:
    """Return the cells of deals open in the CRM, fullest first."""
    cells, scored = grouped(open_ones(rows), _place), grouped(scores, _place)
    found = [_cell(place, inside, scored[place]) for place, inside in cells.items()]
    return sorted(found, key=lambda cell: (-cell.count, cell.name))


def _place(row: Row) -> tuple[str | None, str | None]:
    return row["practice"], row["geo"]


def open_ones(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["is_open"]]


def average(rows: list[Row], column: str) -> Decimal | None:
    """Return the average of the rows that have a value, with one decimal."""
    count = sum(row[f"{column}_count"] for row in rows)
    return (_sum(rows, column) / count).quantize(Decimal("0.1")) if count else None


def valued(name: str, label: str, rows: list[Row], narrowed: Mapping[str, Any]) -> Valued:
    count = sum(row["count"] for row in rows)
    return Valued(name, label, count, narrowed, amounts(rows, narrowed))


def amounts(rows: Iterable[Row], narrowed: Mapping[str, Any]) -> list[Amount]:
    """Return the sums by currency, most opportunities first."""
    found = [
        Amount(
            currency,
            _sum(inside, "deal_value"),
            sum(row["count"] for row in inside),
            {**narrowed, "currency": currency or ""},
        )
        for currency, inside in grouped(rows, lambda row: row["currency"]).items()
    ]
    return sorted(found, key=lambda each: (-each.count, each.currency or ""))


def grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> defaultdict[Any, list[Row]]:
    found: defaultdict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _cell(place: tuple[str | None, str | None], rows: list[Row], scores: list[Row]) -> Cell:
    name = " / ".join(word or "–" for word in place)
    practice, geo = place
    here = {**OPEN, "practice": practice or "", "geo": geo or ""}
    whole = valued(name, name, rows, here)
    score = average(scores, "score")
    return Cell(name, name, whole.count, here, whole.amounts, practice, geo, score)


def _sum(rows: Iterable[Row], column: str) -> Decimal:
    return Decimal(sum(row[f"{column}_sum"] or 0 for row in rows))


def _age(number: int) -> str:
    return f"age{number}"


def histogram(scores: list[Row]) -> list[Figure]:
    """Count open deals by score, the lowest step first; each step is named by its least score."""
    by_least = grouped(
        scores, lambda row: min(int(row["score"]) // SCORE_STEP * SCORE_STEP, LEAST_SCORES[-1])
    )
    return [
        Figure(str(least), label, sum(row["score_count"] for row in by_least[least]), here)
        for least in LEAST_SCORES
        for label, here in [_score_step(least)]
    ]


def _score_step(least: int) -> tuple[str, dict[str, Any]]:
    here: dict[str, Any] = {**OPEN, "score_min": str(least)}
    if least == LEAST_SCORES[-1]:
        return f"{least}-100", here
    return f"{least}-{least + SCORE_STEP - 0.1}", {**here, "score_below": str(least + SCORE_STEP)}
