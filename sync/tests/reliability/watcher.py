from collections.abc import Callable

from sync.models import SyncLog
from sync.progress import Silent


class Watcher(Silent):
    """Does something after each page that was taken in."""

    def __init__(self, act: Callable[[SyncLog], object]) -> None:
        self._act = act

    def page_done(self, log: SyncLog) -> None:
        self._act(log)
