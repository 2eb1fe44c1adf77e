"""Read and write JSON so that a number leaves as it came: 12.30 stays 12.30."""

import json
from decimal import Decimal
from typing import Any

import msgspec

AS_NUMBERS = msgspec.json.Encoder(decimal_format="number")


def decode(text: bytes | str) -> Any:
    """Return whole numbers as int, all others as Decimal; also the NaN that JSON does not know."""
    return json.loads(text, parse_float=Decimal, parse_constant=Decimal)


def encode(value: Any) -> bytes:
    return AS_NUMBERS.encode(value)
