"""Bound how long a sync waits for what somebody else has locked."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, connection

LOCK_NOT_AVAILABLE = "55P03"
MILLISECONDS = 1000


class RowLocked(Exception):
    """Report that somebody kept what was to be written locked for too long."""


@contextmanager
def bounded_lock_waits() -> Iterator[None]:
    """Let no statement of this block wait longer than SYNC_LOCK_TIMEOUT_S.

    In a transaction PostgreSQL forgets that by itself, and must, as it may have been aborted.
    """
    usual, is_transaction = _patience_ms(), connection.in_atomic_block
    _set_patience(int(settings.SYNC_LOCK_TIMEOUT_S * MILLISECONDS))
    try:
        yield
    finally:
        if connection.vendor == "sqlite" or (not is_transaction and connection.is_usable()):
            _set_patience(usual)


def was_lock_wait(error: BaseException) -> bool:
    """Return whether a statement was given up because of such a lock."""
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code == LOCK_NOT_AVAILABLE or "database is locked" in str(error)


def _patience_ms() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'")
        else:
            cursor.execute("PRAGMA busy_timeout")
        return int(cursor.fetchone()[0])


def _set_patience(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            is_local = connection.in_atomic_block
            cursor.execute(
                "SELECT set_config('lock_timeout', %s, %s)", [str(milliseconds), is_local]
            )
        else:
            cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
