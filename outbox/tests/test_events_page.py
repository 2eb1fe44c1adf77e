from django.conf import settings

from outbox.events_page import events_page


def test_the_committed_page_is_what_the_catalogue_says():
    written = (settings.BASE_DIR / "docs" / "events.md").read_text(encoding="utf-8")
    assert written == events_page(), "run manage.py events_docs and commit docs/events.md"
