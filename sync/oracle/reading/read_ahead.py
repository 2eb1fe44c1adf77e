"""Read several things at once, a little ahead of their consumer. Knows no Django."""

import queue
import threading
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

# Pages waiting to be taken in, per reader: enough to keep both sides busy, few to hold.
DEPTH = 2
THREAD = "reads ahead"


class _End(Generic[T]):
    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def read_ahead(readers: Sequence[Iterator[T]]) -> Iterator[T]:
    """Yield what the readers give, each run by a thread of its own, in the order it comes.

    When one of them fails, what the others have ready is still yielded, then the error raised.
    """
    ready: queue.Queue[T | _End[T]] = queue.Queue(DEPTH * len(readers))
    stop = threading.Event()
    for reader in readers:
        # Daemons: a reader that waits for an answer must not hold up the end of the process.
        threading.Thread(target=_read, args=(reader, ready, stop), name=THREAD, daemon=True).start()
    try:
        yield from _taken(ready, len(readers))
    finally:
        stop.set()


def _taken(ready: "queue.Queue[T | _End[T]]", open_readers: int) -> Iterator[T]:
    failure: BaseException | None = None
    while open_readers and not failure:
        item = ready.get()
        if isinstance(item, _End):
            open_readers, failure = open_readers - 1, item.error
        else:
            yield item
    while failure and not ready.empty():
        item = ready.get_nowait()
        if not isinstance(item, _End):
            yield item
    if failure:
        raise failure


def _read(reader: Iterator[T], ready: "queue.Queue[T | _End[T]]", stop: threading.Event) -> None:
    end: _End[T] = _End()
    try:
        for item in reader:
            _put(item, ready, stop)
            if stop.is_set():
                return
    except BaseException as error:  # Handed over, to be raised where it is awaited.
        end = _End(error)
    _put(end, ready, stop)


def _put(item: "T | _End[T]", ready: "queue.Queue[T | _End[T]]", stop: threading.Event) -> None:
    """Wait for room, but not for ever: nobody may be taking any more."""
    while not stop.is_set():
        try:
            return ready.put(item, timeout=0.5)
        except queue.Full:
            continue
