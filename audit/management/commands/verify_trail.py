"""manage.py verify_trail: say whether the trail is still what was sealed."""

import sys
from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.heads import Head, append_head, heads_in, heads_on_record
from audit.sealing import head_of_all
from audit.verifying import Verified

MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Compare everything on record with its seals. Exit codes: 0 unchanged; 1 something was "
        "changed, removed or inserted, and is named."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--heads",
            type=Path,
            metavar="FILE",
            help="Append today's head to this file afterwards.",
        )
        parser.add_argument(
            "--against",
            type=Path,
            metavar="FILE",
            help="Heads written earlier; they reveal a chain that was rebuilt or cut off.",
        )

    def handle(self, **options: Any) -> None:
        verified = Verified()
        heads = sorted([*heads_on_record(), *_heads(options["against"])])
        findings = verified.findings(heads)
        shown = 0
        for finding in islice(findings, MOST_SHOWN):
            self.stdout.write(f"{finding.what.upper()}: {finding.sentence}")
            shown += 1
        if shown:
            more = "There may be more. " if shown == MOST_SHOWN else ""
            self.stderr.write(f"{more}The trail is not what was sealed.")
            sys.exit(1)
        self._tell(verified)
        if options["heads"] and (head := head_of_all()):
            append_head(options["heads"], head)

    def _tell(self, verified: Verified) -> None:
        waiting = f"; {verified.waiting:,} wait for their seal" if verified.waiting else ""
        self.stdout.write(
            f"As it was sealed: {verified.position:,} rows, head {verified.hash[:12]}{waiting}."
        )


def _heads(file: Path | None) -> list[Head]:
    try:
        return heads_in(file) if file else []
    except (OSError, ValueError, KeyError) as error:
        raise CommandError(f"{file} has no readable heads: {error}") from error
