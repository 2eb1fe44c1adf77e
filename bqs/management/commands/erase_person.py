"""manage.py erase_person: a pseudonym instead of the name of somebody who left."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bqs.management.commands.export_person import person_named
from bqs.personal_data import erase_person, own_rows


class Command(BaseCommand):
    help = (
        "Replace the name and email of someone who left with a pseudonym, and delete what was "
        "theirs alone. What they did stays on record, under the pseudonym. This cannot be undone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--yes", action="store_true", help="Do not ask for confirmation.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Only say what would be deleted."
        )

    def handle(self, **options: Any) -> None:
        user = person_named(options["username"])
        if user.is_active:
            raise CommandError(
                f"{user} is active: reassign their work and deactivate the account first."
            )
        for rows in own_rows(user):
            if count := rows.count():
                self.stdout.write(f"To delete: {count} {rows.model._meta.verbose_name_plural}")
        if options["dry_run"]:
            return
        if not options["yes"] and input(f"Type {user} to erase this person: ") != user.username:
            raise CommandError("Nothing was changed.")
        erase_person(user)
        self.stdout.write(f"Erased: now {user.get_full_name()}. All they did stays on record.")
