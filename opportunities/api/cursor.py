"""Sign the place where a page begins or ends, for a client to give back."""

import json
from dataclasses import dataclass
from typing import Any

from django.core import signing
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

PARAMETER = "cursor"
# What says which part of a list is wanted, and not of which list.
PARTS = frozenset({PARAMETER, "page", "page_size"})
REFUSED = (
    "This cursor does not fit this list: it was cut, or belongs to another filter or order. "
    "Start without one."
)


class _Values:
    """Write any value of a row as JSON; the database reads its own text again."""

    def dumps(self, values: Any) -> bytes:
        return json.dumps(values, default=str, separators=(",", ":")).encode()

    def loads(self, text: bytes) -> Any:
        return json.loads(text)


@dataclass(frozen=True)
class Cursor:
    place: list[Any]
    """The values that the row next to the page is sorted by."""
    is_back: bool = False
    """Whether the page ends before it; else it begins after it."""

    def text(self, request: Request, order: str) -> str:
        told = [self.is_back, self.place]
        return signing.dumps(told, salt=_list_of(request, order), serializer=_Values)


def sent_cursor(request: Request, order: str) -> Cursor | None:
    """Read the cursor. Raises: ValidationError, also for a cursor of another list."""
    text = request.query_params.get(PARAMETER)
    if text is None:
        return None
    if "page" in request.query_params:
        raise ValidationError({PARAMETER: ["Send a cursor or a page, not both."]})
    try:
        is_back, place = signing.loads(text, salt=_list_of(request, order), serializer=_Values)
    except signing.BadSignature as fault:
        raise ValidationError({PARAMETER: [REFUSED]}) from fault
    return Cursor(place, is_back)


def _list_of(request: Request, order: str) -> str:
    """Return address, filters and order, for which alone a cursor is valid."""
    asked = request.query_params.lists()
    narrowed = sorted((name, sorted(values)) for name, values in asked if name not in PARTS)
    return json.dumps([request.path, narrowed, order])
