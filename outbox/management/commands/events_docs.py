"""manage.py events_docs: write docs/events.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from outbox.events_page import events_page


class Command(BaseCommand):
    help = "Write docs/events.md from the catalogue of events."

    def handle(self, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "events.md"
        page.write_text(events_page(), encoding="utf-8")
        self.stdout.write(f"Written: {page.relative_to(settings.BASE_DIR)}")
