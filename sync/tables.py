"""What a run did, for people: tables."""

from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

from rich.console import Console
from rich.table import Table

from opportunities.presentation import money
from sync.decide import Change, Verdict
from sync.models import Reconciliation, SyncLog, SyncStatus, SyncType
from sync.report import COUNTS
from sync.run import SyncRun

MOST_CHANGES_SHOWN = 20


def table_report(run: SyncRun) -> str:
    if not run.log.pages and run.log.status == SyncStatus.FAILED:
        return _title(run.log)
    table = Table(title=_title(run.log), show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for label, name in COUNTS.items():
        table.add_row(label, f"{getattr(run.log, name):,}")
    table.add_row("Duration", f"{run.log.duration_seconds or 0:.1f} s")
    return "\n".join([_drawn(table), *_would_write(run)])


def certificate(reconciliation: Reconciliation) -> str:
    """Source against mirror by currency and stage, and the records that differ."""
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
    shown, left = differing[:MOST_CHANGES_SHOWN], len(differing) - MOST_CHANGES_SHOWN
    return "\n".join(
        [_drawn(table, width=110), *shown, *([f"... and {left:,} more."] if left > 0 else [])]
    )


def _title(log: SyncLog) -> str:
    kind, status = SyncType(log.sync_type).label, SyncStatus(log.status).label
    return f"{kind} sync: {status}" + (" (dry run, nothing written)" if log.pk is None else "")


def _drawn(table: Table, width: int = 60) -> str:
    paper = StringIO()
    Console(file=paper, width=width).print(table)
    return paper.getvalue().rstrip()


def _would_write(run: SyncRun) -> Iterator[str]:
    changes = [each for each in run.would_write.changes if each.verdict is not Verdict.TOUCH]
    yield from (_line(change) for change in changes[:MOST_CHANGES_SHOWN])
    if len(changes) > MOST_CHANGES_SHOWN:
        yield f"... and {len(changes) - MOST_CHANGES_SHOWN:,} more."
    yield from (f"{error.remote_id}: rejected, {error}" for _, error in run.would_write.refused)


def _line(change: Change) -> str:
    who = f"{change.record.remote_id} {change.row['name']}"
    if change.verdict is Verdict.CREATE:
        return f"{who}: new"
    moves = (f"{name} {_shown(old)} -> {_shown(new)}" for name, (old, new) in change.diff.items())
    return f"{who}: {', '.join(moves)}"


def _shown(value: Any) -> str:
    return "(empty)" if value is None else str(value)
