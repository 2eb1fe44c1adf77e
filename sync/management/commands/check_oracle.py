"""manage.py check_oracle: ask for what is missing, print what was found, write `.env`."""

import getpass
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from sync.discovery import env_file
from sync.discovery.diagnosis import would_work
from sync.discovery.env_file import Written
from sync.discovery.first_look import look_at_oracle
from sync.discovery.report import json_report, text_report

QUESTIONS: tuple[tuple[str, Callable[[str], str], str], ...] = (
    ("ORACLE_BASE_URL", input, "Address of Oracle: "),
    ("ORACLE_USERNAME", input, "User name: "),
    ("ORACLE_PASSWORD", getpass.getpass, "Password (not shown): "),
)


class Command(BaseCommand):
    help = (
        "Look at an Oracle with about fifteen requests that change nothing there; report what was "
        "found, what to change, and the lines for .env. Works before `migrate` and before "
        "there is a .env. Exit codes: 0 when a sync would work, else 1."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", help="Address of Oracle; default ORACLE_BASE_URL.")
        parser.add_argument(
            "--user", help="Default ORACLE_USERNAME. The password is ORACLE_PASSWORD, or asked for."
        )
        parser.add_argument(
            "--write",
            action="store_true",
            help="Write address, login and suggested lines into .env; keep a copy of the old one.",
        )
        parser.add_argument("--json", action="store_true", help="Print the result as JSON.")
        parser.add_argument(
            "--try-again",
            action="store_true",
            help="Try a login even if Oracle refused it within the last hour.",
        )

    def handle(self, **options: Any) -> None:
        file: Path = settings.BASE_DIR / ".env"
        typed = _typed(options)
        with self._progress(silent=options["json"]) as tell:
            look = look_at_oracle(typed, file, try_again=options["try_again"], on_question=tell)
        written = Written()
        if options["write"] and look.missing:
            try:
                written = Written([*look.missing], env_file.put(file, look.missing))
            except OSError as error:
                raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        if options["json"]:
            self.stdout.write(json_report(look, written))
        else:
            self.stdout.write(text_report(look, written))
        if not would_work(look.problems, once_solved=options["write"]):
            sys.exit(1)

    @contextmanager
    def _progress(self, *, silent: bool) -> Iterator[Callable[[str], object]]:
        """Show on a terminal what is asked: fifteen questions may take a minute."""
        if silent or not self.stderr.isatty():
            yield lambda what: None
            return
        with Console(stderr=True).status("Asking Oracle ...") as status:
            yield lambda what: status.update(f"Asking Oracle {what} ...")


def _typed(options: dict[str, Any]) -> dict[str, str]:
    """Return what was typed for this command: as options or, on a terminal, when asked."""
    typed = {"ORACLE_BASE_URL": options["url"] or "", "ORACLE_USERNAME": options["user"] or ""}
    if sys.stdin.isatty() and settings.ORACLE_AUTH == "basic":
        for name, ask, words in QUESTIONS:
            if not (typed.get(name) or getattr(settings, name)):
                typed[name] = ask(words)
    return {name: value for name, value in typed.items() if value}
