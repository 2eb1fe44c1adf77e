"""Parse JSON values of Oracle into exactly what the database gives back. Pure.

A parser returns None for null and raises ValueError with a plain reason. Its result must
compare equal to what was stored, or every run would find "changes".
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from opportunities.domain.amounts import trimmed
from opportunities.domain.composed_text import composed
from sync.oracle.transport.salvage import Unreadable

Parser = Callable[[Any], Any]

LARGEST_EXACT_FLOAT = 2**53
MOST_REMEMBERED = 1_000
EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
LATEST = datetime(9999, 12, 30, 23, 59, 59, tzinfo=UTC)
NOT_UTF_8 = re.compile("[\udc80-\udcff]")
"""Stand for bytes that are no UTF-8 where an answer is read."""


def _refused(value: Any, reason: str) -> ValueError:
    return ValueError(value.reason if isinstance(value, Unreadable) else reason)


def _is_blank(value: Any) -> bool:
    """Return whether a value is empty; Oracle's "empty" text can be one blank."""
    return value is None or (isinstance(value, str) and not value.strip())


def remembered(parser: Parser) -> Parser:
    """Return a parser that parses each value once, for attributes of few values like a stage."""
    # By type, too: 1, True and 1.0 are equal and do not mean the same.
    known = lru_cache(MOST_REMEMBERED, typed=True)(parser)

    def parse(value: Any) -> Any:
        try:
            return known(value)
        except TypeError:  # A list or record, which cannot be looked up.
            return parser(value)

    return parse


def identifier(value: Any) -> str:
    """Return an OptyId as text: a whole number, or its digits as framework version 9 sends them."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise _refused(value, "is missing" if value is None else "is not a whole number")
    digits = str(value).strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise ValueError("is not a whole number of at most 18 digits")
    return str(int(digits))


def text(max_length: int) -> Parser:
    def parse(value: Any) -> str | None:
        if value is None:
            return None
        words = composed(value if type(value) is str else _as_text(value)).strip()
        if len(words) > max_length:
            raise ValueError(f"has {len(words):,} characters, {max_length:,} are possible")
        refuse_unstorable(words)
        return words or None

    return parse


def _as_text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _refused(value, "is not a text")
    return str(value)


def refuse_unstorable(words: str) -> None:
    """Refuse a NUL and half of a surrogate pair, which PostgreSQL cannot store."""
    if "\0" in words:
        raise ValueError("contains a NUL character")
    try:
        words.isascii() or words.encode()
    except UnicodeEncodeError as error:
        if NOT_UTF_8.match(words, error.start):
            raise ValueError("contains bytes that are no UTF-8") from None
        raise ValueError("contains half a character (a lone surrogate)") from None


def amount(max_digits: int, places: int, most_exact: int | None = None) -> Parser:
    """Parse as `decimal` does, with the decimals that the column gives back.

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
    """Parse an exact number of `places` decimals, rounded half up; never by way of a float."""
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
        raise _refused(value, "is not a number")
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
    """Parse the date of `2026-01-31`, also where a time of day follows."""
    if _is_blank(value):
        return None
    try:
        return date.fromisoformat(value.partition("T")[0])
    except (AttributeError, TypeError, ValueError):
        raise _refused(value, "is not a date like 2026-01-31") from None


def instant(value: Any) -> datetime | None:
    """Parse a time into UTC. Oracle always names an offset; without one it is taken as UTC.

    Times on the calendar's first and last day, such as the "never" of 9999-12-31T23:59:59Z,
    become the nearest moment that every zone can show.
    """
    if _is_blank(value):
        return None
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not UTC:  # As Oracle writes it, nearly always.
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        return min(max(moment, EARLIEST), LATEST)
    except OverflowError:  # Its own zone takes it beyond the calendar.
        return EARLIEST if value.startswith("0001") else LATEST
    except (TypeError, ValueError):
        raise _refused(value, "is not a time like 2026-01-31T10:00:00+00:00") from None


def anything(value: Any) -> Any:
    """Return an extra attribute as plain JSON, as the database's JSON column gives it back."""
    if isinstance(value, Decimal):
        number = float(_number(value))
        # Beyond this, databases give a float back as another number.
        return number if abs(number) < LARGEST_EXACT_FLOAT else str(value)
    if isinstance(value, str):
        refuse_unstorable(value)
        return composed(value)
    if isinstance(value, list | dict | Unreadable):
        raise _refused(value, "is not a single value")
    return value
