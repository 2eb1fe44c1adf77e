"""Bring amounts into one reporting currency, by rates that administrators keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import TextChoices

from bqs.dashboard.figure import Amount
from bqs.models import ExchangeRate
from opportunities.domain.amounts import places_of
from opportunities.domain.policy import policy


class Shown(TextChoices):
    REPORTING = "reporting", "In the reporting currency"
    EACH = "each", "Each currency by itself"


@dataclass(frozen=True)
class Reporting:
    """Add amounts up in this currency; without one, each stays as it is."""

    currency: str | None = None
    rates: Mapping[str, ExchangeRate] = field(default_factory=dict)
    """The newest valid one of each currency."""

    def totals(self, amounts: Sequence[Amount]) -> list[Amount]:
        """Return one sum of what has a rate, and apart each amount that has none."""
        known = [each for each in amounts if self._rate(each.currency) is not None]
        if self.currency is None or not known:
            return list(amounts)
        whole = Amount(
            self.currency,
            self._sum(known),
            sum(each.count for each in known),
            {**known[0].narrowed, "currency": [each.currency for each in known]},
        )
        return [whole, *(each for each in amounts if each not in known)]

    def _sum(self, amounts: Sequence[Amount]) -> Decimal:
        """Round once, at the end."""
        parts = (each.value * (self._rate(each.currency) or 0) for each in amounts)
        smallest = Decimal(1).scaleb(-places_of(self.currency))
        return sum(parts, Decimal(0)).quantize(smallest, ROUND_HALF_UP)

    def _rate(self, currency: str | None) -> Decimal | None:
        if currency is not None and currency.upper() == self.currency:
            return Decimal(1)
        # The CRM's, as it writes it.
        found = self.rates.get((currency or "").upper())
        return found.rate if found else None


def reporting_on(day: date) -> Reporting:
    """Return the reporting currency with the rates of this day, in one query."""
    currency = policy.REPORTING_CURRENCY
    valid = ExchangeRate.objects.filter(reporting_currency=currency, valid_from__lte=day)
    return Reporting(currency, {each.currency: each for each in valid.order_by("valid_from")})
