"""Value limits: amounts per currency, never converted."""

from collections.abc import Mapping
from decimal import Decimal

from opportunities.models import Opportunity
from opportunities.presentation import money


def beyond(opportunity: Opportunity, limits: Mapping[str, Decimal]) -> str | None:
    """Why its value is not known to be within the limits, or None; no limits, no objection."""
    if not limits:
        return None
    value, currency = opportunity.deal_value, (opportunity.currency or "").upper()
    if value is None:
        return "its value is not known"
    if currency not in limits:
        return f"there is no limit in {currency or 'a currency it does not name'}"
    if value > limits[currency]:
        return f"{money(value, currency)} is above the limit of {money(limits[currency], currency)}"
    return None
