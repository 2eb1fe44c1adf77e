"""Run a sync: manage.py sync_oracle, with its arguments, progress and exit codes."""

import logging
import signal
import sys
import threading
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import suppress
from datetime import datetime
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFailure

from audit.sealing import seal
from sync.engine.follow import EVERY_S, Follower
from sync.engine.messages import KEPT, row_locked
from sync.engine.progress import Progress, Undisturbed
from sync.engine.request import SyncRequest
from sync.engine.run import SyncRun, run_sync
from sync.engine.verify import verify
from sync.exit_codes import ExitCode
from sync.management.output import escape_unprintable_letters, flush_output, write_if_read
from sync.models import SyncLog, SyncType, Trigger
from sync.oracle.errors import OracleError
from sync.oracle.fields.parsers import identifier, instant
from sync.reports.report import json_certificate, json_report, one_line
from sync.safety.lock import AlreadyRunning
from sync.safety.lock_waits import was_lock_wait
from sync.safety.pooler import SharedSession, use_direct_database
from sync.signals import sync_ended

logger = logging.getLogger(__name__)

# The thread that writes waits for the database all the time; with Python's 5 ms it would wait as
# long again, each time, until those that parse let it go on.
SWITCH_INTERVAL_S = 0.0002

ONE_RUN_S = ("dry_run", "json", "accept_removals", "user_id")
"""Options that say something about one run."""


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
            help="Read what changed, or everything if the mirror is not known to be complete.",
        )
        kind.add_argument(
            "--since",
            type=_moment,
            metavar="T",
            help="Read what changed since this date or time (UTC unless it names a zone).",
        )
        kind.add_argument(
            "--verify",
            action="store_true",
            help="Compare Oracle with the mirror; exit code 0 only when they are equal.",
        )
        kind.add_argument(
            "--follow",
            nargs="?",
            type=_seconds,
            const=EVERY_S,
            metavar="SECONDS",
            help=f"Stay, and look for changes every so many seconds ({EVERY_S:g}).",
        )
        kind.add_argument("--only", nargs="+", type=_opty_id, metavar="ID", help="Read these only.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Read and compare; write nothing."
        )
        parser.add_argument("--json", action="store_true", help="Print the result as JSON.")
        parser.add_argument(
            "--accept-removals",
            action="store_true",
            help="Flag removed records even beyond the limit.",
        )
        parser.add_argument("--trigger", choices=Trigger.values, default=Trigger.COMMAND)
        parser.add_argument("--user-id", type=int, help="Id of the user who asked for it.")

    def handle(self, **options: Any) -> None:
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _stop_like_ctrl_c)
        escape_unprintable_letters()
        use_direct_database()
        code = self._carry_out(options)
        flush_output()
        if code:
            sys.exit(code)

    def _carry_out(self, options: dict[str, Any]) -> ExitCode:
        if options["verify"]:
            return self._verify(options)
        if options["follow"] and (others := [name for name in ONE_RUN_S if options[name]]):
            given = ", ".join(f"--{name.replace('_', '-')}" for name in others)
            raise CommandError(f"--follow stays for many runs: leave out {given}.")
        return self._follow(options["follow"]) if options["follow"] else self._sync(options)

    def _follow(self, every_s: float) -> ExitCode:
        """Stay until a signal ends it, which is no failure of a service."""
        self.stdout.write(f"Following Oracle: a look every {every_s:g} s.")
        try:
            Follower(every_s, self._tell_of_run).follow()
        except SharedSession as refusal:
            return self._fail(str(refusal))
        except KeyboardInterrupt:
            return ExitCode.SUCCESS

    def _tell_of_run(self, run: SyncRun) -> None:
        if run.log.is_news:
            _after_a_run()
            if not self._writes_lines:
                write_if_read(self.stdout.write, one_line(run.log))

    def _sync(self, options: dict[str, Any]) -> ExitCode:
        as_json = options["json"]
        try:
            run = run_sync(_request(options), self._progress(as_json=as_json))
        except AlreadyRunning:
            running = SyncLog.objects.running()
            since = f", since {running.started_at:%Y-%m-%d %H:%M} UTC" if running else ""
            sentence = f"A sync is already running{since}. Nothing was done."
            return self._fail(sentence, ExitCode.ALREADY_RUNNING)
        except SharedSession as refusal:
            return self._fail(str(refusal))
        except KeyboardInterrupt:
            return self._fail(f"Stopped. {KEPT}", ExitCode.STOPPED)
        except DatabaseFailure as error:
            return self._fail(_database_failure(error))
        if not options["dry_run"]:
            _after_a_run()
        if as_json:
            write_if_read(self.stdout.write, json_report(run))
        elif not self._writes_lines:
            from sync.reports.terminal import table_report

            write_if_read(self.stdout.write, table_report(run))
            if run.log.error_message:
                write_if_read(self.stderr.write, run.log.error_message)
        return ExitCode[run.log.status]

    def _verify(self, options: dict[str, Any]) -> ExitCode:
        try:
            reconciliation = verify()
        except OracleError as error:
            return self._fail(str(error))
        if options["json"]:
            write_if_read(self.stdout.write, json_certificate(reconciliation))
        else:
            from sync.reports.terminal import certificate

            write_if_read(self.stdout.write, certificate(reconciliation))
        return ExitCode.SUCCESS if reconciliation.is_equal else ExitCode.FAILED

    @property
    def _writes_lines(self) -> bool:
        """Whether the log tells all: a job log of JSON has no room for tables."""
        return bool(settings.LOG_FORMAT == "json" and not self.stdout.isatty())

    def _fail(self, sentence: str, code: ExitCode = ExitCode.FAILED) -> ExitCode:
        if self._writes_lines:
            logger.error("%s", sentence)
        else:
            write_if_read(self.stderr.write, sentence)
        return code

    def _progress(self, *, as_json: bool) -> Progress:
        if as_json or self._writes_lines:
            return Progress()
        from sync.reports.terminal import Bar, Lines

        is_terminal = self.stderr.isatty() and self.stdout.isatty()
        return Undisturbed(Bar() if is_terminal else Lines(self.stdout.write))


def _after_a_run() -> None:
    # Where it fails, the schedule does so within a minute.
    with suppress(DatabaseFailure):
        seal()
    sync_ended.send_robust(sender=None)


def _request(options: dict[str, Any]) -> SyncRequest:
    chosen = SyncType.FULL if options["full"] else None
    return SyncRequest(
        sync_type=SyncType.INCREMENTAL if options["incremental"] else chosen,
        since=options["since"],
        only=tuple(dict.fromkeys(options["only"] or ())),
        dry_run=options["dry_run"],
        accept_removals=options["accept_removals"],
        trigger=Trigger(options["trigger"]),
        user_id=options["user_id"],
    )


def _moment(text: str) -> datetime:
    try:
        if moment := instant(text):
            return moment
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} {error}") from None
    raise ArgumentTypeError("write a date or time like 2026-01-31 or 2026-01-31T10:00:00Z")


def _seconds(text: str) -> float:
    if (seconds := float(text)) > 0:
        return seconds
    raise ArgumentTypeError("write a number of seconds above 0")


def _opty_id(text: str) -> str:
    try:
        return identifier(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} {error}") from None


def _stop_like_ctrl_c(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _database_failure(error: DatabaseFailure) -> str:
    if was_lock_wait(error):
        return row_locked(settings.SYNC_LOCK_TIMEOUT_S)
    text = str(error).strip() or type(error).__name__
    return f"The database failed: {text.splitlines()[0]}"
