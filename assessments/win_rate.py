"""How the bids of each score band ended in the CRM. A score is no probability; this is why."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q

from assessments.scoring import one_decimal
from opportunities.crm_status import CrmOutcome
from opportunities.querysets import OpportunityQuerySet
from opportunities.workflow import BidDecision

FEWEST = 6
"""Below this many ended bids a share says nothing."""


@dataclass(frozen=True)
class BandWinRate:
    band: str
    won: int
    lost: int

    @property
    def ended(self) -> int:
        """The n of the share; cancelled and undecided deals are not in it."""
        return self.won + self.lost

    @property
    def is_too_few(self) -> bool:
        return self.ended < FEWEST

    @property
    def percent(self) -> Decimal | None:
        return None if self.is_too_few else one_decimal(Decimal(100 * self.won) / self.ended)

    def __str__(self) -> str:
        return f"too few ({self.ended})" if self.is_too_few else f"{self.percent} % of {self.ended}"


def win_rate_by_band(opportunities: OpportunityQuerySet) -> list[BandWinRate]:
    """Of those decided to bid, by the band of the version that decided, the best band first.

    One query. What was decided without scoring is in no band.
    """
    annotated: Any = bids(opportunities).with_deciding()
    rows = (
        annotated.exclude(deciding_band=None)
        .order_by()
        .values("deciding_band")
        .annotate(
            best=Max("deciding_score"),
            won=Count("pk", filter=Q(crm_outcome=CrmOutcome.WON)),
            lost=Count("pk", filter=Q(crm_outcome=CrmOutcome.LOST)),
        )
        .order_by("-best")
    )
    return [BandWinRate(row["deciding_band"], row["won"], row["lost"]) for row in rows]


def bids(opportunities: OpportunityQuerySet) -> OpportunityQuerySet:
    """Those the share counts: decided to bid, and won or lost."""
    ended = (CrmOutcome.WON, CrmOutcome.LOST)
    return opportunities.filter(decision=BidDecision.BID, crm_outcome__in=ended)
