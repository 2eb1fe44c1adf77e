"""Count the period's decisions by month, their reasons, their coverage and how bids ended."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import TruncMonth

from assessments.analytics.win_rate import BandWinRate, win_rate_by_band
from assessments.models.reasons import NoBidReason
from bqs.dashboard.figure import Asked, Figure, Scope, percent
from bqs.dashboard.groups import Row, Valued, grouped, valued
from bqs.dashboard.period import Period
from opportunities.domain.crm_status import CrmOutcome
from opportunities.domain.states import BidDecision
from opportunities.models import conditions

OUTCOMES = (BidDecision.BID, BidDecision.CONDITIONAL, BidDecision.NO_BID)
KEYS = (
    *("month", "decision", "is_unscored_decision", "is_deciding_override"),
    *("deciding_reason_code", "currency", "deciding_band", "crm_outcome"),
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
        """Return the share of overrides among decisions that had a score."""
        return percent(self.overrides.count, self.count - self.unscored.count)


@dataclass(frozen=True)
class Reason(Figure):
    percent: Decimal | None
    percent_so_far: Decimal | None
    """Includes all more frequent reasons."""


def decided(scope: Scope) -> list[Row]:
    """Return decisions that still hold: a re-qualification takes one back."""
    rows: Any = scope.rows.filter(scope.period.within("decided_at"), decision__in=OUTCOMES)
    by_month = rows.order_by().annotate(month=TruncMonth("decided_at"))
    counted = by_month.values(*KEYS).annotate(count=Count("pk"), best=Max("deciding_score"))
    return list(counted.annotate(deal_value_sum=Sum("deal_value")))


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
    """Return the reasons, most frequent first, with their shares and cumulative shares."""
    declined = [row for row in rows if row["decision"] == BidDecision.NO_BID]
    by_code = grouped(declined, lambda row: row["deciding_reason_code"])
    counts = {code: sum(row["count"] for row in inside) for code, inside in by_code.items() if code}
    whole, so_far, reasons = sum(counts.values()), 0, []
    for code, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        so_far += count
        here = {**period.bounds("decided"), "decision": BidDecision.NO_BID, "reason_code": code}
        shares = percent(count, whole), percent(so_far, whole)
        reasons.append(Reason(code, LABELS.get(code, code), count, here, *shares))
    return reasons


@dataclass(frozen=True)
class Coverage:
    closed: Figure
    decided: Figure
    bypassed: Figure

    @property
    def percent(self) -> Decimal | None:
        return percent(self.decided.count, self.closed.count)


def coverage(scope: Scope) -> list[Asked]:
    """Count deals closed in the period, without those that were closed when first loaded."""
    period = scope.period
    closed = (
        conditions.CLOSED
        & ~conditions.SEEN_CLOSED
        & conditions.decision_wanted()
        & period.within("status_entered_at")
    )
    here = {
        "tab": "closed",
        "seen_closed": "false",
        "decision_wanted": "true",
        **period.bounds("entered"),
    }
    is_open = Q(decision=BidDecision.NONE)
    return [
        Asked("closed", "Closed in CRM", closed, here),
        Asked("decided", "Decided before", closed & ~is_open, {**here, "decision": list(OUTCOMES)}),
        Asked(
            "bypassed", "Never decided", closed & is_open, {**here, "decision": BidDecision.NONE}
        ),
    ]


@dataclass(frozen=True)
class Band(Figure):
    won: Figure
    lost: Figure
    percent: Decimal | None
    """None where there are too few to say."""


def win_rate(rows: list[Row], period: Period) -> list[Band]:
    """Return the win rate of bids decided in the period, best band first."""
    return [_band(each, period.bounds("decided")) for each in win_rate_by_band(rows)]


def _band(rate: BandWinRate, bounds: dict[str, str]) -> Band:
    here = {**bounds, "decision": BidDecision.BID, "deciding_band": rate.band}
    return Band(
        rate.band,
        str(rate),
        rate.ended,
        {**here, "crm_outcome": [CrmOutcome.WON, CrmOutcome.LOST]},
        Figure("won", CrmOutcome.WON.label, rate.won, {**here, "crm_outcome": CrmOutcome.WON}),
        Figure("lost", CrmOutcome.LOST.label, rate.lost, {**here, "crm_outcome": CrmOutcome.LOST}),
        rate.percent,
    )
