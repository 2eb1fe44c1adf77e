"""Let every server know that a schedule runs, though it may run on another or in a container."""

from contextlib import suppress

from django.core.cache import caches
from django.db import Error as DatabaseFailure

KEY = "schedule-runs"
# Of three watches.
LASTS_S = 15 * 60


def beat() -> None:
    caches["shared"].set(KEY, True, LASTS_S)


def is_beating() -> bool:
    return bool(caches["shared"].get(KEY))


def stop() -> None:
    with suppress(DatabaseFailure):  # The schedule may be removed before the tables are made.
        caches["shared"].delete(KEY)
