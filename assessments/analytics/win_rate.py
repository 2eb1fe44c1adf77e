"""Count how the bids of each score band ended in the CRM. A score is not a probability."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q

from assessments.scoring.score import one_decimal
from opportunities.domain.crm_status import CrmOutcome
from opportunities.domain.states import BidDecision
from opportunities.models.querysets import OpportunityQuerySet

FEWEST = 6
"""Below this many ended bids a share says nothing."""


@dataclass(frozen=True)
class BandWinRate:
    band: str
    won: int
    lost: int

    @property
    def ended(self) -> int:
        """Return the n of the share, without cancelled and undecided opportunities."""
        return self.won + self.lost

    @property
    def is_too_few(self) -> bool:
        return self.ended < FEWEST

    @property
    def percent(self) -> Decimal | None:
        return None if self.is_too_few else one_decimal(Decimal(100 * self.won) / self.ended)

    def __str__(self) -> str:
        return f"too few ({self.ended})" if self.is_too_few else f"{self.percent}% of {self.ended}"


def win_rate_by_band(opportunities: OpportunityQuerySet) -> list[BandWinRate]:
    """Return won and lost bids by the band of the deciding version, the best band first.

    One query. What was decided without scoring is in no band.
    """
    ended: Any = bids(opportunities)
    rows = (
        ended.exclude(deciding_band=None)
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
    """Return what the share counts: opportunities decided to bid, and won or lost."""
    ended = (CrmOutcome.WON, CrmOutcome.LOST)
    return opportunities.filter(decision=BidDecision.BID, crm_outcome__in=ended)
