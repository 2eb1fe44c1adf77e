"""Bodies of JSON, refused by the name of the field where no database holds what is sent."""

import math
from collections.abc import Iterator
from typing import IO, Any

from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import JSONParser

from bqs.sound_text import SENTENCES, fault_in

DEEPEST = 50
GREATEST = 2**63 - 1
TOO_DEEP = f"Lists and objects lie within each other {DEEPEST} deep at most."
SAID = SENTENCES | {
    "too_deep": TOO_DEEP,
    "number_too_large": "Write a smaller number: whole ones have 64 bits at most.",
}


class SoundJsonParser(JSONParser):
    def parse(self, stream: IO[Any], *args: Any, **options: Any) -> Any:
        """Raises: ParseError for what is no JSON, ValidationError for what cannot be kept."""
        try:
            sent = super().parse(stream, *args, **options)
        except RecursionError as error:
            raise ParseError(TOO_DEEP) from error
        for path, code in _faults(sent):
            raise ValidationError({path or "request": [ErrorDetail(SAID[code], code)]})
        return sent


def _faults(sent: Any) -> Iterator[tuple[str, str]]:
    """Not by recursion, since how deep a body is, is among the questions."""
    waiting = [("", 0, sent)]
    while waiting:
        path, depth, value = waiting.pop()
        if code := _fault_of(value, depth):
            yield path, code
        elif isinstance(value, dict | list):
            named = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += [(f"{path}.{name}".lstrip("."), depth + 1, each) for name, each in named]


def _fault_of(value: Any, depth: int) -> str:
    match value:
        case str():
            return fault_in(value)
        case int() if abs(value) > GREATEST:
            return "number_too_large"
        case float() if not math.isfinite(value):
            return "number_too_large"
        case dict() | list() if depth >= DEEPEST:
            return "too_deep"
        case dict():
            return fault_in("".join(value))
    return ""
