"""Suggest the nearest known name: one says more than sixty, which the docs list."""

from collections.abc import Iterable
from difflib import get_close_matches

MOST_NAMED = 20
"""Unknown names to advise on; comparing thousands would take a second."""


def advice_on(name: str, known: Iterable[str]) -> str:
    nearest = get_close_matches(name, sorted(known), n=1)
    return f"Did you mean {nearest[0]}?" if nearest else "/api/docs lists them all."
