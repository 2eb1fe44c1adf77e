"""docs/settings.md is made from .env.example, which explains each setting."""

from django.conf import settings

from bqs.management.commands.settings_docs import settings_page
from opportunities.domain.described_settings import described_settings
from opportunities.domain.policy import FIELDS

EXAMPLE = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")


def test_the_page_is_what_the_settings_say():
    page = (settings.BASE_DIR / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == settings_page(EXAMPLE), "Run manage.py settings_docs."


def test_each_setting_is_explained_and_each_policy_is_one():
    described = {each.name: each.description for each in described_settings(EXAMPLE)}
    assert all(described.values())
    assert FIELDS.keys() <= described.keys()
