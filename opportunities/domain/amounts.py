"""Give an amount the decimals of its currency by ISO 4217, or more where it needs them."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import models

MOST_PLACES = 4
"""No currency has more: KWD has three, CLF four, JPY none."""
USUAL_PLACES = 2
CENT = Decimal(1).scaleb(-USUAL_PLACES)
SMALLEST = Decimal(1).scaleb(-MOST_PLACES)
MOST_CURRENCIES = 500


@lru_cache(MOST_CURRENCIES)
def places_of(currency: str | None) -> int:
    """Return the decimals of a currency; of what is none in ISO 4217, two."""
    # It reads the whole standard, which a sync has no use for.
    from iso4217 import Currency

    try:
        places = Currency((currency or "").strip().upper()).exponent
    except ValueError:
        return USUAL_PLACES
    return USUAL_PLACES if places is None else int(places)


def places_shown(amount: Decimal, currency: str | None) -> int:
    """Return the decimals a person is shown: none of a whole amount, else none is left out."""
    if amount == amount.to_integral_value():
        return 0
    exponent: Any = amount.normalize().as_tuple().exponent
    return max(places_of(currency), -int(exponent))


def in_currency(amount: Decimal, currency: str | None) -> Decimal:
    """Return the amount with the decimals of its currency, or with more where it needs them."""
    return _with_decimals(amount, Decimal(1).scaleb(-places_of(currency)))


def trimmed(amount: Decimal) -> Decimal:
    """Return the amount with two decimals, or with more where it needs them."""
    return _with_decimals(amount, CENT)


def _with_decimals(amount: Decimal, least: Decimal) -> Decimal:
    short = amount.quantize(least)
    # SQLite adds up floats, and leaves traces of it behind the fourth decimal.
    return short if short == amount else amount.quantize(SMALLEST).normalize()


class AmountField(models.DecimalField):  # type: ignore[type-arg]
    """Keep the decimals of every currency, and give back those that an amount needs."""

    def __init__(self, verbose_name: Any = None, **options: Any) -> None:
        options.setdefault("decimal_places", MOST_PLACES)
        super().__init__(verbose_name, **options)

    def from_db_value(self, value: Decimal | None, expression: Any, connection: Any) -> Any:
        return None if value is None else trimmed(value)
