"""How bids ended in the CRM, by the band of the score that decided them."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.win_rate import BandWinRate, win_rate_by_band
from bqs.dashboard.figure import Figure, Scope
from opportunities.crm_status import CrmOutcome
from opportunities.workflow import BidDecision


@dataclass(frozen=True)
class Band(Figure):
    won: Figure
    lost: Figure
    percent: Decimal | None
    """None where there are too few to say."""


def win_rate(scope: Scope) -> list[Band]:
    """Of what was decided in the period, the best band first."""
    period = scope.period
    decided = scope.rows.filter(decided_at__gte=period.begin, decided_at__lt=period.end)
    return [_band(each, period.bounds("decided")) for each in win_rate_by_band(decided)]


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
