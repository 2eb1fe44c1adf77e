"""Show how a run goes on; a closed pipe, a full disk or an odd letter never ends the run."""

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
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


def escape_unprintable_letters() -> None:
    """Let a terminal that lacks a letter show its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


def write_if_read(write: Callable[[str], object], text: str) -> None:
    """Write, if anybody still reads."""
    with suppress(OSError, ValueError):
        write(text)


def flush_output() -> None:
    """Flush what was written, and drop what nobody takes: Python would exit with 120 for it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
