"""manage.py settings_docs: write docs/settings.md from .env.example."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from opportunities.domain.described_settings import DescribedSetting, described_settings
from opportunities.domain.policy import FIELDS

HEAD = """# All settings

Made by `python manage.py settings_docs`. A setting comes from the environment, else from `.env`
beside `manage.py`, else it has the default below. Blank means the default; `none` empties a list
or a text.

Those marked *policy* are where a site begins: administrators change them in the admin under Policy,
at once and without a restart, with a history; what they decided counts before the environment.
"""


def settings_page(example: str) -> str:
    """Return the page for the text of .env.example."""
    return HEAD + "\n".join(_sections(described_settings(example))) + "\n"


def _sections(described: Iterator[DescribedSetting]) -> Iterator[str]:
    for section, found in groupby(described, lambda each: each.section):
        yield f"\n## {section}\n| setting | default | |\n|---|---|---|"
        for each in found:
            default = f"`{each.default}`" if each.default else ""
            mark = "*policy.* " if each.name in FIELDS else ""
            yield f"| `{each.name}` | {_cell(default)} | {mark}{_cell(each.description)} |"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


class Command(BaseCommand):
    help = "Write docs/settings.md from .env.example."

    def handle(self, **options: Any) -> None:
        example = settings.BASE_DIR / ".env.example"
        page = settings.BASE_DIR / "docs" / "settings.md"
        page.write_text(settings_page(example.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"Written: {page.relative_to(settings.BASE_DIR)}")
