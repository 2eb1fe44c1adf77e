"""From a JSON value of Oracle to exactly what the database gives back. Pure.

A parser returns None for null and raises ValueError with a plain reason. What comes out
must compare equal to what was stored, or every run would find "changes".
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from opportunities.amounts import trimmed

Parser = Callable[[Any], Any]

LARGEST_EXACT_FLOAT = 2**53
MOST_REMEMBERED = 1_000


def _is_blank(value: Any) -> bool:
    """Oracle's "empty" text can be one blank."""
    return value is None or (isinstance(value, str) and not value.strip())


def remembered(parser: Parser) -> Parser:
    """For an attribute of few different values, such as a stage: each is parsed once."""
    # By type, too: 1, True and 1.0 are equal and do not mean the same.
    known = lru_cache(MOST_REMEMBERED, typed=True)(parser)

    def parse(value: Any) -> Any:
        try:
            return known(value)
        except TypeError:  # A list or record, which cannot be looked up.
            return parser(value)

    return parse


def identifier(value: Any) -> str:
    """An OptyId as text: a whole number, or its digits as framework version 9 sends them."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError("is missing" if value is None else "is not a whole number")
    digits = str(value).strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise ValueError("is not a whole number of at most 18 digits")
    return str(int(digits))


def text(max_length: int) -> Parser:
    def parse(value: Any) -> str | None:
        if value is None:
            return None
        words = (value if type(value) is str else _as_text(value)).strip()
        if len(words) > max_length:
            raise ValueError(f"has {len(words):,} characters, {max_length:,} are possible")
        refuse_unstorable(words)
        return words or None

    return parse


def _as_text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("is not a text")
    return str(value)


def refuse_unstorable(words: str) -> None:
    """PostgreSQL stores neither a NUL nor half of a surrogate pair."""
    if "\0" in words:
        raise ValueError("contains a NUL character")
    try:
        words.isascii() or words.encode()
    except UnicodeEncodeError:
        raise ValueError("contains half a character (a lone surrogate)") from None


def amount(max_digits: int, places: int, most_exact: int | None = None) -> Parser:
    """As `decimal`, in the decimals the column gives back.

    Args:
        most_exact: digits that the database keeps exactly, wherever the point is.
    """
    parse_decimal = decimal(max_digits, places)

    def parse(value: Any) -> Decimal | None:
        number = parse_decimal(value)
        if number is None:
            return None
        if most_exact and len(number.normalize().as_tuple().digits) > most_exact:
            raise ValueError(f"has more than the {most_exact} digits this database keeps")
        return trimmed(number)

    return parse


def decimal(max_digits: int, places: int) -> Parser:
    """An exact number of `places` decimals, rounded half up; never by way of a float."""
    unit, limit = Decimal(1).scaleb(-places), Decimal(10) ** (max_digits - places)

    def parse(value: Any) -> Decimal | None:
        if _is_blank(value):
            return None
        number = _number(value)
        # By exponent first: no arithmetic is possible with a number like 1E+1000001.
        if number.adjusted() <= max_digits:
            rounded = number.quantize(unit, ROUND_HALF_UP)
            if abs(rounded) < limit:
                return rounded
        raise ValueError(f"is out of range: less than {limit:,} is possible")

    return parse


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValueError("is not a number")
    if isinstance(value, str) and "_" in value:  # Decimal() would read Python's own 1_000.
        raise ValueError("is not a number")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError("is not a number") from None
    if not number.is_finite():
        raise ValueError("is not a finite number")
    return number


def day(value: Any) -> date | None:
    """The date of `2026-01-31`, also where a time of day follows."""
    if _is_blank(value):
        return None
    try:
        return date.fromisoformat(value.partition("T")[0])
    except (AttributeError, TypeError, ValueError):
        raise ValueError("is not a date like 2026-01-31") from None


def instant(value: Any) -> datetime | None:
    """A moment in UTC. Oracle always names an offset; without one it is taken as UTC."""
    if _is_blank(value):
        return None
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is UTC:  # As Oracle writes it, nearly always.
            return moment
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("is not a time like 2026-01-31T10:00:00+00:00") from None


def anything(value: Any) -> Any:
    """A further attribute as plain JSON: what the database's JSON column gives back."""
    if isinstance(value, Decimal):
        number = float(_number(value))
        # Beyond this, databases give a float back as another number.
        return number if abs(number) < LARGEST_EXACT_FLOAT else str(value)
    if isinstance(value, str):
        refuse_unstorable(value)
    if isinstance(value, list | dict):
        raise ValueError("is not a single value")
    return value
