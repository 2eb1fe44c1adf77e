"""Read JSON that is broken in places, so that each place costs its own record only. Pure.

Text is cut into members and elements by its commas and brackets, without recursion: what is
broken between two commas leaves its neighbours whole. Only where the quick ways have failed.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

ANSWER_ITEMS_ITEM_VALUE = 3
"""Levels to which an answer is taken apart: its items, each item, the values of each."""

# The end of a record, which no string of valid JSON can hold: its first quote would end it.
END = r'\}\s*+(?:(?:,\s*+\{|\]\s*+,)\s*+"\w+"\s*+:|\]?\s*+\Z)'
# A quote that is followed by neither comma, colon nor bracket was meant as a letter. It is not
# possessive itself: Python 3.11.2, which Debian 12 has, then takes no heed of what looks ahead.
STRING = rf'"(?:[^"\\}}]|\\.|"(?!\s*+[,:}}\]])|(?!{END})\}})*"?'
SIGN = re.compile(rf'(?:{STRING}|[^"\[\]{{}},])*+([\[\]{{}},])', re.DOTALL)
DEEPER = {"[": 1, "{": 1, ",": 0, "]": -1, "}": -1}
MEMBER = re.compile(rf"({STRING})\s*:(.*)", re.DOTALL)


class Cut(Exception):
    """Report a text that ends before its outermost bracket is closed."""


class NotJson(Exception):
    """Report a text that is no object and no list, or goes on behind its end."""


@dataclass(frozen=True, eq=False)
class Unreadable:
    """Stand for a value that is no JSON; every parser refuses it."""

    words: str
    reason: str

    def __str__(self) -> str:
        return self.words


class BrokenRecord(dict[str, Any]):
    """An object of which an attribute's very name cannot be read."""


def salvaged(text: str) -> Any:
    """Return the JSON with Unreadable in place of each broken value. Raises: Cut, NotJson."""
    return _read(text, ANSWER_ITEMS_ITEM_VALUE)


def _read(text: str, levels: int) -> Any:
    try:
        return _lenient_json(text)
    except (ValueError, RecursionError):
        is_all = levels == ANSWER_ITEMS_ITEM_VALUE
        try:
            return _taken_apart(text, levels - 1) if levels else _unreadable(text)
        except (Cut, NotJson):
            if is_all:
                raise
            return _unreadable(text)


def _lenient_json(text: str) -> Any:
    """Read also what is no JSON by the standard but occurs: NaN, half of a surrogate pair."""
    return json.loads(
        text,
        parse_float=exact,
        parse_int=_whole,
        parse_constant=Decimal,
        object_pairs_hook=_record_of,
    )


def exact(number: str) -> Decimal:
    """Return the number, or NaN where no Decimal holds it: that costs only its record."""
    try:
        return Decimal(number)
    except ArithmeticError:
        return Decimal("NaN")


def _whole(number: str) -> int | Decimal:
    try:
        return int(number)
    except ValueError:  # More digits than Python takes the time to read.
        return exact(number)


def _taken_apart(text: str, levels: int) -> Any:
    if text.startswith("["):
        return [_read(part, levels) for part in _parts(text)]
    if text.startswith("{"):
        return _record_of([_member(part, levels) for part in _parts(text)])
    raise NotJson


def _member(part: str, levels: int) -> tuple[Any, Any]:
    """Return a name and its value; without a readable name, the whole text in place of both."""
    if member := MEMBER.fullmatch(part):
        return _read(member[1], 0), _read(member[2].strip(), levels)
    nameless = _unreadable(part)
    return nameless, nameless


def _parts(text: str) -> Iterator[str]:
    """Yield what stands between the commas of an object or list. Raises: Cut, NotJson."""
    depth, begin, at = 0, 1, 0
    while found := SIGN.match(text, at):
        sign, at = found[1], found.end()
        depth += DEEPER[sign]
        if depth == 0 or (depth == 1 and sign == ","):
            part = text[begin : at - 1].strip()
            if part or sign == ",":
                yield part
            begin = at
        if depth == 0:
            if text[at:].strip():
                raise NotJson
            return
    raise Cut


def _record_of(pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
    record = {str(name): value for name, value in pairs}
    is_sound = all(isinstance(name, str) and name.isprintable() for name, _ in pairs)
    return record if is_sound else BrokenRecord(record)


def _unreadable(text: str) -> Unreadable:
    if text[:1] == '"':
        return Unreadable(text.strip('"'), "contains characters that JSON forbids")
    if text[:1] in ("[", "{"):
        return Unreadable(text, "is not a single value")
    return Unreadable(text, "is no value of JSON")
