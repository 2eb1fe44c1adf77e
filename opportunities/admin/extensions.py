"""What other apps add to the list of opportunities, so that this app need not know them."""

from collections.abc import Callable, Sequence
from typing import Any

_columns: list[Callable[[Any], Any]] = []
_filters: list[Any] = []


def extend_list(
    *, columns: Sequence[Callable[[Any], Any]] = (), filters: Sequence[Any] = ()
) -> None:
    """Columns are display functions; what they read, opportunities.columns has to annotate."""
    _columns.extend(columns)
    _filters.extend(filters)


def added_columns() -> tuple[Callable[[Any], Any], ...]:
    return tuple(_columns)


def added_filters() -> tuple[Any, ...]:
    return tuple(_filters)
