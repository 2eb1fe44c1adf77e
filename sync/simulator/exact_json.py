"""JSON in which a number leaves exactly as it was written: 12.30 stays 12.30."""

import json
from decimal import Decimal
from typing import Any

import msgspec

AS_NUMBERS = msgspec.json.Encoder(decimal_format="number")


def decode(text: bytes | str) -> Any:
    """Whole numbers become int, all others Decimal; also the NaN that JSON does not know."""
    return json.loads(text, parse_float=Decimal, parse_constant=Decimal)


def encode(value: Any) -> bytes:
    return AS_NUMBERS.encode(value)
