"""When the mirror was last complete, as told by whoever fills it."""

from collections.abc import Callable
from datetime import datetime

Freshness = Callable[[], datetime | None]

_tellers: list[Freshness] = []


def register_freshness(teller: Freshness) -> None:
    _tellers[:] = [teller]


def mirror_synced_at() -> datetime | None:
    """None where no complete sync is known of."""
    return _tellers[0]() if _tellers else None
