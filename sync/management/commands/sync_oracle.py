"""manage.py sync_oracle: arguments, progress and exit code of a sync."""

import signal
import sys
import threading
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error as DatabaseFailure

from sync.lock import AlreadyRunning
from sync.models import Reconciliation, SyncLog, SyncStatus, SyncType, Trigger
from sync.oracle.errors import OracleError
from sync.oracle.parsers import identifier
from sync.oracle.parsers import instant as parse_moment
from sync.order import SyncOrder
from sync.progress import Progress, Silent
from sync.report import json_certificate, json_report
from sync.run import SyncRun, run_sync
from sync.verify import verify

EXIT_CODES = {SyncStatus.SUCCESS: 0, SyncStatus.FAILED: 1, SyncStatus.PARTIAL: 2}
EXIT_ALREADY_RUNNING = 75
EXIT_STOPPED = 130
# The thread that writes waits for the database all the time; with Python's 5 ms it would wait as
# long again, each time, until those that parse let it go on.
SWITCH_INTERVAL_S = 0.0002


class Command(BaseCommand):
    help = (
        "Bring the mirror up to date with Oracle: everything the first time, later what changed. "
        "Exit codes: 0 success, 1 failed, 2 partial, 75 already running."
    )

    # Checks load every page of the site; an incremental sync would be longer at that than at work.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        kind = parser.add_mutually_exclusive_group()
        kind.add_argument("--full", action="store_true", help="Read everything.")
        kind.add_argument(
            "--incremental",
            action="store_true",
            help="Read what changed (still full where nothing is known to be complete).",
        )
        kind.add_argument(
            "--since",
            type=moment,
            metavar="T",
            help="Read what Oracle changed since this date or time (UTC unless it says).",
        )
        kind.add_argument(
            "--verify",
            action="store_true",
            help="Read Oracle again and compare it with the mirror: 0 only when they are equal.",
        )
        kind.add_argument("--only", nargs="+", type=opty_id, metavar="ID", help="These OptyIds.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Read and compare; write nothing."
        )
        parser.add_argument("--json", action="store_true", help="One JSON object as the result.")
        parser.add_argument(
            "--accept-removals",
            action="store_true",
            help="Flag records as removed even where they are more than the limit.",
        )
        parser.add_argument("--trigger", choices=Trigger.values, default=Trigger.COMMAND)
        parser.add_argument("--user-id", type=int, help="Who asked for it.")

    def handle(self, **options: Any) -> None:
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _stop_like_ctrl_c)
        code = (
            self._verify(as_json=options["json"]) if options["verify"] else self._carry_out(options)
        )
        if code:
            sys.exit(code)

    def _carry_out(self, options: dict[str, Any]) -> int:
        as_json = options["json"]
        try:
            run = run_sync(_order(options), self._progress(as_json=as_json))
        except AlreadyRunning:
            self._say_running(SyncLog.objects.running())
            return EXIT_ALREADY_RUNNING
        except KeyboardInterrupt:
            self.stderr.write("Stopped. What had been written is kept; the next run goes on.")
            return EXIT_STOPPED
        except DatabaseFailure as error:
            self.stderr.write(f"The database failed: {_first_line(error)}")
            return EXIT_CODES[SyncStatus.FAILED]
        self._report(run, as_json=as_json)
        return EXIT_CODES[SyncStatus(run.log.status)]

    def _verify(self, *, as_json: bool) -> int:
        try:
            reconciliation = verify()
        except OracleError as error:
            self.stderr.write(str(error))
            return EXIT_CODES[SyncStatus.FAILED]
        report = json_certificate if as_json else _certificate
        self.stdout.write(report(reconciliation))
        return 0 if reconciliation.is_equal else EXIT_CODES[SyncStatus.FAILED]

    def _progress(self, *, as_json: bool) -> Progress:
        if as_json:
            return Silent()
        from sync.terminal import Bar, Lines

        is_terminal = self.stderr.isatty() and self.stdout.isatty()
        return Bar() if is_terminal else Lines(self.stdout.write)

    def _say_running(self, running: SyncLog | None) -> None:
        since = f", since {running.started_at:%Y-%m-%d %H:%M} UTC" if running else ""
        self.stderr.write(f"A sync is already running{since}. Nothing was done.")

    def _report(self, run: SyncRun, *, as_json: bool) -> None:
        self.stdout.write(json_report(run) if as_json else _table_report(run))
        if run.log.error_message and not as_json:
            self.stderr.write(run.log.error_message)


# What draws on a terminal takes as long to load as a small sync to run, so only who is looked
# at loads it.


def _table_report(run: SyncRun) -> str:
    from sync.tables import table_report

    return table_report(run)


def _certificate(reconciliation: Reconciliation) -> str:
    from sync.tables import certificate

    return certificate(reconciliation)


def _order(options: dict[str, Any]) -> SyncOrder:
    chosen = SyncType.FULL if options["full"] else None
    return SyncOrder(
        sync_type=SyncType.INCREMENTAL if options["incremental"] else chosen,
        since=options["since"],
        only=tuple(dict.fromkeys(options["only"] or ())),
        dry_run=options["dry_run"],
        accept_removals=options["accept_removals"],
        trigger=Trigger(options["trigger"]),
        user_id=options["user_id"],
    )


def moment(words: str) -> datetime:
    try:
        if parsed := parse_moment(words):
            return parsed
    except ValueError as error:
        raise ArgumentTypeError(f"{words!r} {error}") from None
    raise ArgumentTypeError("write a date or time like 2026-01-31 or 2026-01-31T10:00:00Z")


def opty_id(words: str) -> str:
    try:
        return identifier(words)
    except ValueError as error:
        raise ArgumentTypeError(f"{words!r} {error}") from None


def _stop_like_ctrl_c(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
