"""manage.py prune_sync_history: forget what is older than SYNC_HISTORY_DAYS."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sync.retention import prune_sync_history


class Command(BaseCommand):
    help = "Delete old sync logs, resolved rejected records and certificates."

    def handle(self, **options: Any) -> None:
        pruned = prune_sync_history()
        self.stdout.write(
            f"Older than {settings.SYNC_HISTORY_DAYS} days and deleted: {pruned.sync_logs:,} sync "
            f"logs, {pruned.rejected_records:,} resolved rejected records, "
            f"{pruned.reconciliations:,} certificates."
        )
