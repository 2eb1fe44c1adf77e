"""manage.py nightly_sync: what the schedule does each night, for systemd and the like."""

from typing import Any

from django.core.management.base import BaseCommand

from sync.schedule.cron import nightly_sync


class Command(BaseCommand):
    help = "Sync, prune logs and keep the search index, as the schedule does each night."

    def handle(self, **options: Any) -> None:
        nightly_sync()
