"""How a run shows its progress: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Callable

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from sync.models import SyncLog, SyncType


class Lines:
    wants_total = False

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write

    def started(self, log: SyncLog, expected_records: int | None) -> None:
        self._write(f"{SyncType(log.sync_type).label} sync with Oracle started.")

    def page_done(self, log: SyncLog) -> None:
        self._write(f"Page {log.pages}: {log.total_fetched:,} records so far.")

    def ended(self) -> None:
        """The summary follows."""


class Bar:
    """Pages, records, rate and time left; on stderr, so that the result can be piped."""

    wants_total = True

    def __init__(self) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(show_speed=True),
            TextColumn("{task.completed:,.0f} records, {task.fields[pages]} pages"),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=Console(stderr=True),
        )

    def started(self, log: SyncLog, expected_records: int | None) -> None:
        self._progress.start()
        label = f"{SyncType(log.sync_type).label} sync"
        self._task = self._progress.add_task(label, total=expected_records, pages=0, rate="")

    def page_done(self, log: SyncLog) -> None:
        speed = self._progress.tasks[0].speed
        self._progress.update(
            self._task,
            completed=log.total_fetched,
            pages=log.pages,
            rate=f"{speed:,.0f}/s" if speed else "",
        )

    def ended(self) -> None:
        self._progress.stop()
