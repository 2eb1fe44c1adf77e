from collections.abc import Callable

from sync.engine.progress import Progress
from sync.models import SyncLog


class Watcher(Progress):
    """Does something after each page that was imported."""

    def __init__(self, act: Callable[[SyncLog], object]) -> None:
        self._act = act

    def page_done(self, log: SyncLog) -> None:
        self._act(log)
