"""Keep on the opportunity what lists show of its assessments, which stand above this app."""

from decimal import Decimal
from typing import Protocol

from opportunities.models import Opportunity


class Scored(Protocol):
    score: Decimal | None
    best_case: Decimal | None
    band: str
    recommendation: str


def set_score(row: Opportunity, version: Scored) -> None:
    """Show this version's score; without one, the last scored version goes on to be shown."""
    if version.score is not None:
        row.score, row.best_case = version.score, version.best_case
        row.band, row.recommendation = version.band, version.recommendation


def set_deciding(
    row: Opportunity, version: Scored | None, reason_code: str, *, is_override: bool
) -> None:
    """Show what the decision stands on; a decision without scoring has no version."""
    row.deciding_score = version.score if version else None
    row.deciding_band = version.band if version else None
    row.deciding_reason_code, row.is_deciding_override = reason_code, is_override
