"""What a run tells whoever watches it."""

from typing import Protocol

from sync.models import SyncLog


class Progress(Protocol):
    wants_total: bool
    """Whether an estimate of the records to come is worth one more request."""

    def started(self, log: SyncLog, expected_records: int | None) -> None: ...
    def page_done(self, log: SyncLog) -> None: ...
    def ended(self) -> None:
        """Whatever the end; called even where nothing started."""


class Silent:
    """Nobody watches."""

    wants_total = False

    def started(self, log: SyncLog, expected_records: int | None) -> None:
        pass

    def page_done(self, log: SyncLog) -> None:
        pass

    def ended(self) -> None:
        pass
