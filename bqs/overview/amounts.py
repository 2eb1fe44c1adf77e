"""Sums of money, short enough for a table and exact where it is asked for."""

from dataclasses import dataclass
from decimal import Decimal

from opportunities.amounts import places_shown
from opportunities.figures import NO_CURRENCY
from opportunities.presentation import money

STEPS = ((Decimal(10**9), "bn"), (Decimal(10**6), "m"), (Decimal(10**3), "k"))


@dataclass(frozen=True)
class Amount:
    value: Decimal
    short: str
    exact: str
    href: str


def amount(value: Decimal, currency: str, href: str) -> Amount:
    name = "(no currency)" if currency == NO_CURRENCY else currency
    return Amount(value, f"{name} {_short(value, currency)}", money(value, name) or "", href)


def _short(value: Decimal, currency: str) -> str:
    """12.3 m; three figures are enough to compare, and below a thousand it is exact."""
    for step, word in STEPS:
        if abs(value) >= step:
            return f"{value / step:,.1f} {word}"
    return f"{value:,.{places_shown(value, currency)}f}"
