"""Limit how many costly requests run at once; see docs/decisions/0045."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import BoundedSemaphore

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponseBase

# A process that was killed gives none back.
LONGEST_S = 900
# Of gunicorn's four threads one is always left for what is cheap.
COSTLY_IN_A_PROCESS, COSTLY_OF_A_USER = 3, 2
WAITING_IN_A_PROCESS = 2
TURN, TURN_S = BoundedSemaphore(1), 5


class NoSlot(Exception):
    """Carry a sentence for a person."""

    wait_s = 3


@contextmanager
def export_slot(user_id: int) -> Iterator[None]:
    """Take the user's only slot, counted by all server processes. Raises: NoSlot."""
    with ExitStack() as taken:
        if not _take("shared", f"export_of_{user_id}", 1, taken):
            raise NoSlot("Your last export is still running. Wait for it, or stop it.")
        if not _take("shared", "export", settings.EXPORTS_AT_ONCE, taken):
            raise NoSlot("Other people are exporting right now. Try again in a moment.")
        yield


@contextmanager
def costly_slot(user_id: int) -> Iterator[None]:
    """Run one after the other in each server process, few waiting. Raises: NoSlot."""
    with ExitStack() as taken:
        if not _take("default", f"costly_of_{user_id}", COSTLY_OF_A_USER, taken):
            raise NoSlot("Your last searches are still running. Wait for them to finish.")
        is_admitted = _take("default", "costly", COSTLY_IN_A_PROCESS, taken)
        if not is_admitted or not TURN.acquire(timeout=TURN_S):
            raise NoSlot("Many searches are running right now. Try again in a moment.")
        taken.callback(TURN.release)
        yield


@contextmanager
def waiting_slot() -> Iterator[None]:
    """Let few requests wait for what is to come, each holding a thread. Raises: NoSlot."""
    with ExitStack() as taken:
        if not _take("default", "waiting", WAITING_IN_A_PROCESS, taken):
            raise NoSlot("Others are waiting for changes. Ask without wait, or try again.")
        yield


def until_sent(user_id: int, export: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return the file, which keeps its slot until the last byte is sent. Raises: NoSlot."""
    with ExitStack() as taken:
        taken.enter_context(export_slot(user_id))
        response = export()
        # Closed, too, where the client went away.
        response._resource_closers.append(taken.pop_all().close)  # type: ignore[attr-defined]
        return response


def _take(cache: str, name: str, count: int, taken: ExitStack) -> bool:
    keys = (f"{name}_{number}" for number in range(count))
    # Of several at the very same moment one adds a key; the others find it there.
    found = next((key for key in keys if caches[cache].add(key, 1, LONGEST_S)), None)
    if found:
        taken.callback(caches[cache].delete, found)
    return bool(found)
