"""Typed reads of environment variables. Settings are the only caller."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import dotenv
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


def load(path: Path) -> None:
    """Fill in from a file what the environment leaves unset; `$` in a password stays a `$`."""
    dotenv.load_dotenv(path, interpolate=False)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def secret(name: str) -> str:
    """A value taken as it is: a password may begin or end with a blank."""
    return os.environ.get(name, "")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list; blanks around its items and empty items do not count."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str, default: bool = False) -> bool:
    word = text(name, str(default)).lower()
    if word in TRUE_WORDS | FALSE_WORDS:
        return word in TRUE_WORDS
    raise ImproperlyConfigured(f"{name} is {word!r}: write true or false.")


def whole(name: str, default: int, *, least: int = 0) -> int:
    value = number(name, default, least=least)
    if value != int(value):
        raise ImproperlyConfigured(f"{name} is {value}: write a whole number.")
    return int(value)


def number(name: str, default: float, *, least: float = 0) -> float:
    raw = text(name) or str(default)
    try:
        value = float(Decimal(raw))
    except ArithmeticError:
        raise ImproperlyConfigured(f"{name} is {raw!r}: write a number.") from None
    if not least <= value < float("inf"):
        raise ImproperlyConfigured(f"{name} is {raw}: write a number of at least {least}.")
    return value


def amounts(name: str, default: str = "") -> dict[str, Decimal]:
    """`EUR:1000000,USD:1100000`: an amount for each currency."""
    try:
        pairs = [word.split(":") for word in words(name, default)]
        found = {currency.strip().upper(): Decimal(amount) for currency, amount in pairs}
    except (ArithmeticError, ValueError):
        raise ImproperlyConfigured(
            f"{name} is {text(name)!r}: write currencies with amounts, as in EUR:250000,USD:250000."
        ) from None
    if not all(amount.is_finite() and amount >= 0 for amount in found.values()):
        raise ImproperlyConfigured(f"{name} is {text(name)!r}: write amounts of at least 0.")
    return found


def dates(name: str) -> list[date]:
    try:
        return [date.fromisoformat(word) for word in words(name)]
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is {text(name)!r}: write dates as in 2027-12-25,2027-12-26."
        ) from None
