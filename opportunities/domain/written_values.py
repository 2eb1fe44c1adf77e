"""Read values as people write them in settings and on the policy page.

Each reader takes a text that is not blank and raises ValueError, in words that follow the name
of the setting, where the text makes no sense.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
NOTHING = "none"
FORM_OF_AMOUNTS = "currencies with amounts, as in EUR:250000,USD:250000"

Reader = Callable[[str], Any]


def as_text(value: Any) -> str:
    """Write a value as its reader takes it."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return ",".join(f"{name}:{amount:f}" for name, amount in value.items())
        case list():
            return ",".join(map(str, value))
        case float():
            return f"{value:g}"
    return str(value)


def words(text: str) -> list[str]:
    """Return a comma-separated list without blanks around its items and without empty items."""
    items = [] if text.lower() == NOTHING else text.split(",")
    return [item.strip() for item in items if item.strip()]


def flag(text: str) -> bool:
    """Return whether it is a word for yes."""
    word = text.lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise ValueError(f"is {word!r}: write true or false.")
    return word in TRUE_WORDS


def number(text: str, *, least: float = 0, most: float | None = None) -> float:
    """Return a number within its limits, which are included."""
    try:
        value = float(Decimal(text))
    except ArithmeticError as error:
        raise ValueError(f"is {text!r}: write a number.") from error
    if least <= value < float("inf") and (most is None or value <= most):
        return value
    limits = f"of at least {least}" if most is None else f"from {least} to {most}"
    raise ValueError(f"is {text}: write a number {limits}.")


def whole(text: str, *, least: int = 0, most: int | None = None) -> int:
    """Return a number without a fraction."""
    value = number(text, least=least, most=most)
    if value != int(value):
        raise ValueError(f"is {value}: write a whole number.")
    return int(value)


def amounts(text: str) -> dict[str, Decimal]:
    """Read `EUR:1000000,USD:1100000`: an amount for each currency."""
    try:
        pairs = [word.split(":") for word in words(text)]
        found = {currency.strip().upper(): Decimal(amount) for currency, amount in pairs}
    except (ArithmeticError, ValueError) as error:
        raise ValueError(f"is {text!r}: write {FORM_OF_AMOUNTS}.") from error
    if not all(amount.is_finite() and amount >= 0 for amount in found.values()):
        raise ValueError(f"is {text!r}: write amounts of at least 0.")
    return found


def currency(text: str) -> str:
    """Return a currency by its code of three letters."""
    code = text.upper()
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise ValueError(f"is {code!r}: write three letters, such as EUR.")
    return code


def dates(text: str) -> list[date]:
    """Read `2027-12-25,2027-12-26`."""
    try:
        return [date.fromisoformat(word) for word in words(text)]
    except ValueError as error:
        raise ValueError(f"is {text!r}: write dates as in 2027-12-25,2027-12-26.") from error


def some_of(possible: list[str]) -> Reader:
    """Return a reader of some of these words."""

    def read(text: str) -> list[str]:
        found = words(text)
        for word in found:
            if word not in possible:
                raise ValueError(f"has {word!r}: write some of {', '.join(possible)}.")
        return found

    return read
