"""How the bids of each score band ended in the CRM. A score is no probability; this is why."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from assessments.models import Decision
from assessments.scoring import one_decimal
from opportunities.crm_status import CrmOutcome
from opportunities.models import Opportunity
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


def win_rate_by_band(opportunities: QuerySet[Opportunity]) -> list[BandWinRate]:
    """Of those decided to bid, by the band of the version that decided, the best band first.

    One query. What was decided without scoring is in no band.
    """
    deciding = Decision.objects.filter(opportunity=OuterRef("pk")).order_by("-id")
    rows = (
        bids(opportunities)
        .annotate(
            deciding_band=Subquery(deciding.values("assessment__band")[:1]),
            deciding_score=Subquery(deciding.values("assessment__score")[:1]),
        )
        .exclude(deciding_band=None)
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


def bids(opportunities: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """Those the share counts: decided to bid, and won or lost."""
    ended = (CrmOutcome.WON, CrmOutcome.LOST)
    return opportunities.filter(decision=BidDecision.BID, crm_outcome__in=ended)
