"""Forget what is older than SYNC_HISTORY_DAYS or FEED_DAYS: manage.py prune_sync_history."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from opportunities.feed.reading import prune_feed
from sync.reports.retention import prune_sync_history


class Command(BaseCommand):
    help = "Delete old sync logs, resolved rejected records, certificates and feed positions."

    def handle(self, **options: Any) -> None:
        counts = ", ".join(f"{count:,} {kind}" for kind, count in prune_sync_history().items())
        self.stdout.write(f"Deleted, as older than {settings.SYNC_HISTORY_DAYS} days: {counts}.")
        forgotten = f"{prune_feed():,} things that are gone for {settings.FEED_DAYS} days"
        self.stdout.write(f"Deleted from the change feed: {forgotten}.")
