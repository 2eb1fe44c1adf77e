"""Count how the bids of each score band ended in the CRM. A score is not a probability."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.scoring.score import one_decimal
from opportunities.domain.crm_status import CrmOutcome
from opportunities.domain.states import BidDecision

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


def win_rate_by_band(decided: Iterable[Mapping[str, Any]]) -> list[BandWinRate]:
    """Return won and lost bids by the band of the deciding version, the best band first.

    What was decided without a score is in no band.

    Args:
        decided: `count` and `best` (score) of each decision, deciding_band and crm_outcome.
    """
    best: dict[str, Decimal] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for row in filter(_is_ended_bid, decided):
        band = row["deciding_band"]
        best[band] = max(best.get(band, row["best"]), row["best"])
        counts[band, row["crm_outcome"]] += row["count"]
    bands = sorted(best, key=lambda band: best[band], reverse=True)
    return [
        BandWinRate(band, *(counts[band, outcome] for outcome in (CrmOutcome.WON, CrmOutcome.LOST)))
        for band in bands
    ]


def _is_ended_bid(row: Mapping[str, Any]) -> bool:
    """Tell what the share counts: decided to bid by a score, and won or lost."""
    is_ended = row["crm_outcome"] in (CrmOutcome.WON, CrmOutcome.LOST)
    return is_ended and row["decision"] == BidDecision.BID and bool(row["deciding_band"])
