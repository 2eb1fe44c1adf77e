"""Parse JSON bodies: refuse what no database can store, and compose text (NFC)."""

import math
from collections.abc import Iterator
from typing import IO, Any

from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import JSONParser

from opportunities.domain.composed_text import composed
from opportunities.domain.sound_text import SENTENCES, fault_in

DEEPEST = 50
GREATEST = 2**63 - 1
TOO_DEEP = f"Nest lists and objects at most {DEEPEST} deep."
SENTENCE_OF = SENTENCES | {
    "too_deep": TOO_DEEP,
    "number_too_large": "Write a smaller number: whole numbers have at most 64 bits.",
}


LEFT_ALONE = "password"
"""Part of a field's name: what was hashed as typed is compared as typed."""


class SoundJsonParser(JSONParser):
    def parse(self, stream: IO[Any], *args: Any, **options: Any) -> Any:
        """Return the body as values that can be stored. Raises: ParseError, ValidationError."""
        try:
            sent = super().parse(stream, *args, **options)
        except RecursionError as error:
            raise ParseError(TOO_DEEP) from error
        for path, code in _faults(sent):
            raise ValidationError({path or "request": [ErrorDetail(SENTENCE_OF[code], code)]})
        return composed_json(sent)


def _faults(sent: Any) -> Iterator[tuple[str, str]]:
    """Yield the path and code of each fault, without recursion: a body may be too deep for it."""
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


def composed_json(value: Any) -> Any:
    """Return a value of JSON with every text in it composed."""
    match value:
        case str():
            return composed(value)
        case list():
            return [composed_json(each) for each in value]
        case dict():
            return {
                composed(name): each if LEFT_ALONE in name else composed_json(each)
                for name, each in value.items()
            }
    return value
