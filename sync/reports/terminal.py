"""Show a run on a terminal: its progress, and what it did.

rich takes as long to load as a small sync to run, so import this only where somebody looks.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from io import StringIO

from rich import progress
from rich.console import Console
from rich.table import Table

from opportunities.lists.presentation import money
from sync.engine.messages import remarks_of
from sync.engine.progress import Progress
from sync.engine.run import SyncRun
from sync.ingest.decide import Change, Verdict
from sync.models import Reconciliation, SyncLog, SyncStatus, SyncType
from sync.reports.report import COUNTS

MOST_SHOWN = 20


class Lines(Progress):
    """Print plain lines where there is no terminal."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write

    def started(self, log: SyncLog, expected_records: int | None) -> None:
        self._write(f"{SyncType(log.sync_type).label} sync with Oracle started.")

    def page_done(self, log: SyncLog) -> None:
        self._write(f"Page {log.pages}: {log.total_fetched:,} records so far.")


class Bar(Progress):
    """Draw pages, records, rate and time left on stderr, so that the result can be piped."""

    wants_total = True

    def __init__(self) -> None:
        self._bar = progress.Progress(
            progress.SpinnerColumn(),
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.TaskProgressColumn(show_speed=True),
            progress.TextColumn("{task.completed:,.0f} records, {task.fields[pages]} pages"),
            progress.TextColumn("{task.fields[rate]}"),
            progress.TimeRemainingColumn(),
            progress.TextColumn("left"),
            console=Console(stderr=True),
        )

    def started(self, log: SyncLog, expected_records: int | None) -> None:
        self._bar.start()
        label = f"{SyncType(log.sync_type).label} sync"
        self._task = self._bar.add_task(label, total=expected_records, pages=0, rate="")

    def page_done(self, log: SyncLog) -> None:
        speed = self._bar.tasks[0].speed
        rate = f"{speed:,.0f}/s" if speed else ""
        self._bar.update(self._task, completed=log.total_fetched, pages=log.pages, rate=rate)

    def ended(self) -> None:
        self._bar.stop()


def table_report(run: SyncRun) -> str:
    return "\n".join([_summary(run.log), *remarks_of(run.log), *_would_write(run)])


def _summary(log: SyncLog) -> str:
    kind, status = SyncType(log.sync_type).label, SyncStatus(log.status).label
    title = f"{kind} sync: {status}" + (" (dry run, nothing written)" if log.pk is None else "")
    if not log.pages and log.status == SyncStatus.FAILED:
        return title
    table = Table(title=title, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for label, name in COUNTS.items():
        table.add_row(label, f"{getattr(log, name):,}")
    table.add_row("Duration", f"{log.duration_seconds or 0:.1f} s")
    return _draw(table)


def _would_write(run: SyncRun) -> Iterator[str]:
    changes = [each for each in run.would_write.changes if each.verdict is not Verdict.STAMP_ONLY]
    yield from _first_lines([_line(change) for change in changes])
    yield from (f"{error.remote_id}: rejected, {error}" for _, error in run.would_write.refused)


def _line(change: Change) -> str:
    record = f"{change.record.remote_id} {change.row['name']}"
    if change.verdict is Verdict.CREATE:
        return f"{record}: new"
    moves = (
        f"{name} {' -> '.join('(empty)' if each is None else str(each) for each in pair)}"
        for name, pair in change.diff.items()
    )
    return f"{record}: {', '.join(moves)}"


def certificate(reconciliation: Reconciliation) -> str:
    """Compare source and mirror by currency and stage, and name the records that differ."""
    table = Table(title=f"Oracle and the mirror, {reconciliation}")
    for heading in ("Currency", "Stage", "In Oracle", "Here", "Value in Oracle", "Value here"):
        table.add_column(heading, justify="left" if heading in ("Currency", "Stage") else "right")
    for row in reconciliation.figures:
        counts = (f"{int(row[name]):,}" for name in ("source_count", "mirror_count"))
        values = (
            money(Decimal(row[name]), row["currency"]) for name in ("source_value", "mirror_value")
        )
        table.add_row(row["currency"] or "-", row["stage"] or "-", *counts, *values)
    differing = [f"{remote_id}: {what}" for remote_id, what in reconciliation.differing.items()]
    return "\n".join([_draw(table, width=110), *_first_lines(differing)])


def _first_lines(lines: list[str]) -> list[str]:
    left = len(lines) - MOST_SHOWN
    return lines[:MOST_SHOWN] + ([f"... and {left:,} more."] if left > 0 else [])


def _draw(table: Table, width: int = 60) -> str:
    output = StringIO()
    Console(file=output, width=width).print(table)
    return output.getvalue().rstrip()
