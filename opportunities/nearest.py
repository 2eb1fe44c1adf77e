"""What somebody may have meant: one name says more than sixty, which the docs list."""

from collections.abc import Iterable
from difflib import get_close_matches


def advice_on(name: str, known: Iterable[str]) -> str:
    nearest = get_close_matches(name, sorted(known), n=1)
    return f"Did you mean {nearest[0]}?" if nearest else "/api/docs lists them all."
