"""JSON in which a number leaves exactly as it was written: 12.30 stays 12.30."""

import json
from decimal import Decimal
from typing import Any

import orjson

LONGEST_INT64 = 18


def decode(text: bytes | str) -> Any:
    """Whole numbers become int, all others Decimal; also the NaN that JSON does not know."""
    return json.loads(text, parse_int=_whole, parse_float=Decimal, parse_constant=Decimal)


def encode(value: Any) -> bytes:
    return orjson.dumps(value, default=_literal)


def _whole(digits: str) -> int | Decimal:
    # orjson writes 64 bits only.
    return int(digits) if len(digits) <= LONGEST_INT64 else Decimal(digits)


def _literal(value: Any) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value))
    raise TypeError(f"{type(value).__name__} is not JSON")
