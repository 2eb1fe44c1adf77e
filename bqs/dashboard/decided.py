"""What was decided in the period and counts now: month by month, and why not."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from assessments.reasons import NoBidReason
from bqs.dashboard.figure import Figure, Scope, percent
from bqs.dashboard.groups import Row, Valued, grouped, valued
from bqs.dashboard.period import Period
from opportunities.workflow import BidDecision

OUTCOMES = (BidDecision.BID, BidDecision.CONDITIONAL, BidDecision.NO_BID)
KEYS = (
    "month",
    "decision",
    "is_unscored_decision",
    "is_deciding_override",
    "deciding_reason_code",
    "currency",
)
AGAINST = "Against the computed recommendation"
LABELS = dict(NoBidReason.choices)


@dataclass(frozen=True)
class Month(Figure):
    outcomes: list[Valued]
    overrides: Figure
    unscored: Figure

    @property
    def override_percent(self) -> Decimal | None:
        """Of those with a score to go against."""
        return percent(self.overrides.count, self.count - self.unscored.count)


@dataclass(frozen=True)
class Reason(Figure):
    percent: Decimal | None
    percent_so_far: Decimal | None
    """With all that are more frequent."""


def decided(scope: Scope) -> list[Row]:
    """A decision that a re-qualification took back is not one."""
    period = scope.period
    rows: Any = scope.rows.filter(
        decided_at__gte=period.begin, decided_at__lt=period.end, decision__in=OUTCOMES
    )
    by_month = rows.order_by().with_deciding().annotate(month=TruncMonth("decided_at"))
    sums = by_month.values(*KEYS).annotate(count=Count("pk"), deal_value_sum=Sum("deal_value"))
    return list(sums)


def decisions(rows: list[Row], period: Period) -> list[Month]:
    by_month = grouped(rows, lambda row: f"{row['month']:%Y-%m}")
    return [_month(name, by_month[name], within) for name, within in period.months()]


def _month(name: str, rows: list[Row], within: Period) -> Month:
    here = {**within.bounds("decided"), "decision": list(OUTCOMES)}
    by_outcome = grouped(rows, lambda row: row["decision"])
    against = [row for row in rows if row["is_deciding_override"]]
    unscored = [row for row in rows if row["is_unscored_decision"]]
    return Month(
        name,
        name,
        sum(row["count"] for row in rows),
        here,
        [valued(x, x.label, by_outcome[x], {**here, "decision": x}) for x in OUTCOMES],
        valued("overrides", AGAINST, against, {**here, "override": "true"}),
        valued("unscored", "Without scoring", unscored, {**here, "unscored": "true"}),
    )


def no_bid_reasons(rows: list[Row], period: Period) -> list[Reason]:
    """The most frequent first, each with its share of all and of all up to it."""
    declined = [row for row in rows if row["decision"] == BidDecision.NO_BID]
    by_code = grouped(declined, lambda row: row["deciding_reason_code"])
    counts = {code: sum(row["count"] for row in inside) for code, inside in by_code.items() if code}
    whole, so_far, told = sum(counts.values()), 0, []
    for code, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        so_far += count
        here = {**period.bounds("decided"), "decision": BidDecision.NO_BID, "reason_code": code}
        shares = percent(count, whole), percent(so_far, whole)
        told.append(Reason(code, LABELS.get(code, code), count, here, *shares))
    return told
