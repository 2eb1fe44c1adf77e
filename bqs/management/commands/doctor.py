"""manage.py doctor: say on one page what is well, what is not, and what to do."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bqs.doctor import machine, others
from bqs.doctor.finding import Finding

MARKS = {True: "✓", False: "✗", None: "!"}


class Command(BaseCommand):
    help = (
        "Examine settings, database, schedule, mail, Oracle, files and versions, and say what to "
        "do. Changes nothing. Exit codes: 0 when all is well (! is advice), else 1."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the findings as JSON.")
        parser.add_argument("--mail", default="", metavar="ADDRESS", help="Send a mail there.")

    def handle(self, **options: Any) -> None:
        findings = [
            *(*machine.versions(), *machine.settings_and_checks(), *machine.folders()),
            *(*machine.operation(), *others.mail(options["mail"]), *others.oracle()),
        ]
        if options["json"]:
            self.stdout.write(json.dumps([asdict(each) for each in findings], indent=2))
        else:
            self._print(findings)
        if any(each.is_well is False for each in findings):
            sys.exit(1)

    def _print(self, findings: Iterable[Finding]) -> None:
        table = Table(box=None, show_header=False)
        for _ in range(3):
            table.add_column(overflow="fold")
        for each in findings:
            # Not markup: what others say may have brackets.
            table.add_row(MARKS[each.is_well], Text(each.subject), Text(each.sentence))
        Console(file=self.stdout).print(table)  # type: ignore[arg-type]
