"""How thoroughly to look: a sample that fits into CI, or everything with RELIABILITY=full."""

import os
from collections.abc import Iterable
from typing import TypeVar

import pytest

T = TypeVar("T")

IS_FULL = os.environ.get("RELIABILITY") == "full"
NIGHTLY = pytest.mark.skipif(
    not IS_FULL, reason="half a minute or more: in the nightly run, with RELIABILITY=full"
)


def sampled(cases: Iterable[T]) -> list[T]:
    """Return every third one, where each is dear and no database matters."""
    return [*cases] if IS_FULL else [*cases][::3]
