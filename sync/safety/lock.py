"""Let one sync run at a time, by a lock that dies with its process (a status would not)."""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from sync.safety.pooler import refuse_shared_session

# Any number will do, as long as nothing else in this database locks by it. ("BQS sync")
POSTGRES_KEY = 0x425153
# A mere look at a file lock holds it for an instant; who wants it for good tries again.
FILE_ATTEMPTS = 5
FILE_PAUSE_S = 0.02


class AlreadyRunning(Exception):
    """Report that another process is syncing into this database."""


@contextmanager
def sync_lock() -> Iterator[None]:
    """Hold the lock. Raises: AlreadyRunning, at once when another process has it; SharedSession."""
    refuse_shared_session()
    with _postgres_lock() if connection.vendor == "postgresql" else _file_lock():
        yield


def is_sync_running() -> bool:
    """Return whether a living process holds the lock, this one included."""
    if connection.vendor == "postgresql":
        return _postgres_is_locked()
    try:
        # Shared, so that two who only look are not in each other's way.
        with _file_lock(fcntl.LOCK_SH, attempts=1):
            return False
    except AlreadyRunning:
        return True


@contextmanager
def _postgres_lock() -> Iterator[None]:
    """Lock on the connection that writes: when it is lost, so is the lock, and writing ends too."""
    if not _query("SELECT pg_try_advisory_lock(%s)"):
        raise AlreadyRunning
    try:
        yield
    finally:
        # A lost connection has let go of the lock already.
        if connection.is_usable():
            _query("SELECT pg_advisory_unlock(%s)")


def _postgres_is_locked() -> bool:
    return _query(
        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted "
        "AND classid = 0 AND objid = %s AND database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database()))"
    )


def _query(sql: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [POSTGRES_KEY])
        return bool(cursor.fetchone()[0])


@contextmanager
def _file_lock(kind: int = fcntl.LOCK_EX, attempts: int = FILE_ATTEMPTS) -> Iterator[None]:
    descriptor = os.open(_lock_file(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _flock(descriptor, kind, attempts)
        yield
    finally:
        os.close(descriptor)


def _flock(descriptor: int, kind: int, attempts: int) -> None:
    for attempt in range(1, attempts + 1):
        try:
            return fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if attempt == attempts:
                raise AlreadyRunning from None
            time.sleep(FILE_PAUSE_S)


def _lock_file() -> Path:
    """Put it beside the SQLite file; a database in memory is this process's own."""
    if connection.is_in_memory_db():  # type: ignore[attr-defined]
        return Path(tempfile.gettempdir()) / f"bqs-{os.getpid()}.sync-lock"
    return Path(f"{connection.settings_dict['NAME']}.sync-lock")
