"""manage.py bi_views: what analysts read; see docs/analysts.md."""

import re
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from bqs.analysts.dictionary import dictionary
from bqs.analysts.view_files import FOLDER
from bqs.analysts.views import are_current, create_views, drop_views

ROLE_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
CURRENT = "The views are there, and of this version."
OUTDATED = "The views are missing, or made by another version. Run manage.py bi_views create."


class Command(BaseCommand):
    help = (
        "Make, drop or check the views for analysts, print the SQL of a role that reads them only, "
        "or write docs/data-dictionary.md. A migration makes the views by itself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["create", "drop", "check", "role", "dictionary"])
        parser.add_argument("name", nargs="?", default="", help="Of the role.")

    def handle(self, *, what: str, name: str, **_: Any) -> None:
        match what:
            case "create":
                create_views()
            case "drop":
                drop_views()
            case "check" if not are_current():
                raise CommandError(OUTDATED)
            case "check":
                self.stdout.write(CURRENT)
            case "role":
                self.stdout.write(self._role(name))
            case "dictionary":
                page = settings.BASE_DIR / "docs" / "data-dictionary.md"
                page.write_text(dictionary(), encoding="utf-8")

    def _role(self, name: str) -> str:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        if not ROLE_NAME.fullmatch(name):
            raise CommandError("Name the role in small letters, digits and _: bi_views role NAME.")
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_database()")
            owner, database = cursor.fetchone()
        sql = (FOLDER / "read_role.sql").read_text(encoding="utf-8")
        return sql.format(role=name, owner=owner, database=database)
