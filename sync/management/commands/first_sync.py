"""manage.py first_sync: set the database up, read everything, and prove that it is all here."""

import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from sync.engine.verify import verify
from sync.exit_codes import ExitCode, exit_code_of_sync
from sync.oracle.errors import OracleError
from sync.reports.terminal import certificate

EQUAL = (
    "Read once more and compared: each of the {count:,} records in Oracle is here, and equal.\n\n"
    "Next: .venv/bin/python manage.py createsuperuser"
)


class Command(BaseCommand):
    help = (
        "Set the database up, read everything from Oracle, read it once more and compare. "
        "Exit codes: 0 when Oracle and the mirror are equal, 1 when not, else those of sync_oracle."
    )
    # The database is set up here.
    requires_migrations_checks = False

    def handle(self, **options: Any) -> None:
        self.stdout.write("Setting up the database.")
        call_command("migrate", verbosity=0, stdout=self.stdout)
        code = exit_code_of_sync(full=True, stdout=self.stdout, stderr=self.stderr)
        if code in (ExitCode.SUCCESS, ExitCode.PARTIAL):
            code = self._verify() or code
        if code:
            sys.exit(code)

    def _verify(self) -> int:
        self.stdout.write("Reading everything once more, to compare.")
        try:
            reconciliation = verify()
        except OracleError as error:
            self.stderr.write(str(error))
            return ExitCode.FAILED
        if not reconciliation.is_equal:
            self.stdout.write(certificate(reconciliation))
            return ExitCode.FAILED
        count = sum(int(row["source_count"]) for row in reconciliation.figures)
        self.stdout.write(EQUAL.format(count=count))
        return ExitCode.SUCCESS
