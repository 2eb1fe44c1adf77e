"""manage.py import_people: make and change people from a CSV file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.people_import import COLUMNS, PeopleImport, invite


class Command(BaseCommand):
    help = (
        f"Make and change people from a CSV file with the columns {', '.join(COLUMNS)}. Separate "
        "several roles or practices by ;. An empty cell changes nothing, and none empties roles, "
        "practices, leads or the name in the CRM."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only show what would change.")
        parser.add_argument("--invite", action="store_true", help="Mail new people where to begin.")

    def handle(self, file: Path, **options: Any) -> None:
        if options["invite"] and not settings.SITE_URL:
            raise CommandError("Set SITE_URL first: invitations lead there.")
        people = PeopleImport()
        try:
            people.read(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        if people.faults:
            raise CommandError("\n".join(["Nothing was changed.", *people.faults]))
        for each in people.planned:
            self.stdout.write(f"{each.line:>5}  {each.person.username:<30}  {each}")
        if options["dry_run"]:
            self.stdout.write("Nothing was changed: this is a dry run.")
            return
        new = [each.person for each in people.planned if each.effect == "new"]
        people.apply()
        self.stdout.write(f"Done. New people: {len(new)}.")
        if options["invite"]:
            count, left_out = invite(new)
            self.stdout.write(f"Invitations sent: {count}.")
            if left_out:
                raise CommandError(f"No mail could be sent to {', '.join(left_out)}.")
