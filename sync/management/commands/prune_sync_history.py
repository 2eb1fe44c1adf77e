"""Forget what is older than SYNC_HISTORY_DAYS: manage.py prune_sync_history."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sync.reports.retention import prune_sync_history


class Command(BaseCommand):
    help = "Delete old sync logs, resolved rejected records and certificates."

    def handle(self, **options: Any) -> None:
        counts = ", ".join(f"{count:,} {kind}" for kind, count in prune_sync_history().items())
        self.stdout.write(f"Deleted, as older than {settings.SYNC_HISTORY_DAYS} days: {counts}.")
