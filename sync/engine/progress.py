"""Show how a run goes on; whatever keeps that from being shown never ends the run."""

import logging
from collections.abc import Callable
from typing import Any

from sync.models import SyncLog

logger = logging.getLogger(__name__)


class Progress:
    """Follow a run in silence; a subclass overrides what it shows."""

    wants_total = False
    """Whether an estimate of the records to come is worth one more request."""

    def started(self, log: SyncLog, expected_records: int | None) -> None:
        pass

    def page_done(self, log: SyncLog) -> None:
        pass

    def ended(self) -> None:
        """Clean up after whatever end; called even where nothing started."""


class Undisturbed(Progress):
    """Tell a watcher how a run goes on, until that fails once."""

    def __init__(self, watcher: Progress) -> None:
        self._watcher = watcher
        self.wants_total = watcher.wants_total

    def started(self, log: SyncLog, expected_records: int | None) -> None:
        self._tell(self._watcher.started, log, expected_records)

    def page_done(self, log: SyncLog) -> None:
        self._tell(self._watcher.page_done, log)

    def ended(self) -> None:
        self._tell(self._watcher.ended)

    def _tell(self, tell: Callable[..., None], *args: Any) -> None:
        try:
            tell(*args)
        except Exception as error:  # Whatever it is, it is not the run's affair.
            logger.warning("How the run goes on is shown no more: %r", error)
            self._watcher = Progress()
