"""manage.py workflow_docs: write docs/workflow.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from opportunities.workflow.workflow_page import workflow_page


class Command(BaseCommand):
    help = "Write docs/workflow.md from the workflow's table."

    def handle(self, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "workflow.md"
        page.write_text(workflow_page(), encoding="utf-8")
        self.stdout.write(f"Written: {page.relative_to(settings.BASE_DIR)}")
