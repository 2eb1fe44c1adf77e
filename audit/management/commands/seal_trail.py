"""manage.py seal_trail: seal what has no seal yet; the schedule does so each minute."""

from typing import Any

from django.core.management.base import BaseCommand

from audit.cron import seal_trail


class Command(BaseCommand):
    help = "Seal the events, decisions and assessments that have no seal yet."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Sealed: {seal_trail():,}.")
