"""How bids ended in the CRM, by the band of the score that decided them."""

from dataclasses import dataclass
from typing import Any

from assessments.win_rate import FEWEST, BandWinRate, win_rate_by_band
from bqs.overview.scope import Figure, Scope
from opportunities.crm_status import CrmOutcome
from opportunities.workflow import BidDecision


@dataclass(frozen=True)
class Line:
    rate: BandWinRate
    won: Figure
    lost: Figure

    @property
    def bar(self) -> str:
        return f"{self.rate.percent or 0}%"


def win_rate(scope: Scope) -> dict[str, Any]:
    return {"lines": [_line(scope, each) for each in win_rate_by_band(scope.rows)], "few": FEWEST}


def _line(scope: Scope, rate: BandWinRate) -> Line:
    here = {"band": rate.band, "decision__exact": BidDecision.BID.value}
    return Line(
        rate,
        scope.figure(rate.won, **here, outcome=CrmOutcome.WON.value),
        scope.figure(rate.lost, **here, outcome=CrmOutcome.LOST.value),
    )
