"""manage.py seal_trail: seal what has no seal yet; the schedule does so each minute."""

from typing import Any

from django.core.management.base import BaseCommand

from audit.heads import write_head_of_the_day
from audit.sealing import seal


class Command(BaseCommand):
    help = "Seal the events, decisions and assessments that have no seal yet."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        count = seal()
        write_head_of_the_day()
        self.stdout.write(f"Sealed: {count:,}.")
