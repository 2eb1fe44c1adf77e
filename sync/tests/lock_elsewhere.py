from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import connection

from sync.safety.lock import sync_lock


@contextmanager
def sync_lock_elsewhere() -> Iterator[None]:
    """Somebody else has the lock: a thread, as each has a database connection of its own."""
    held, enough = Event(), Event()

    def hold() -> None:
        with sync_lock():
            held.set()
            enough.wait()
        connection.close()

    other = Thread(target=hold)
    other.start()
    try:
        assert held.wait(timeout=10)
        yield
    finally:
        enough.set()
        other.join()
