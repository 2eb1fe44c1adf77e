"""What other apps add to the list of opportunities, so that this app need not know them."""

from collections.abc import Sequence
from typing import Any

_filters: list[Any] = []


def extend_list(*, filters: Sequence[Any]) -> None:
    _filters.extend(filters)


def added_filters() -> tuple[Any, ...]:
    return tuple(_filters)
