"""manage.py export_person: all that is stored of a person, as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from audit.recording import record
from bqs.personal_data import personal_data


class Command(BaseCommand):
    help = "Write all data stored about a person as JSON, without passwords and other secrets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--output", type=Path, metavar="FILE", help="Write to a file instead of the terminal."
        )

    def handle(self, **options: Any) -> None:
        user = person_named(options["username"])
        text = json.dumps(personal_data(user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        record("person.exported", about=user)
        if options["output"]:
            options["output"].write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)


def person_named(username: str) -> User:
    """Return the account. Raises: CommandError."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"There is no account named {username}.")
    return user
