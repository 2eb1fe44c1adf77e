"""The version of BQS, wherever somebody looks for it."""

import pytest

from bqs import __version__
from bqs.tests.described_answers import description
from bqs.web.start import on_start
from opportunities.tests.admin_clients import administrator, text_of
from opportunities.tests.api_clients import any_user

pytestmark = pytest.mark.any_database


@pytest.mark.django_db
def test_admin_and_api_show_the_version():
    assert f"Version {__version__}" in text_of(administrator().get("/admin/"))
    client = any_user()
    assert client.get("/api/me").json()["version"] == __version__
    assert description()["info"]["version"] == __version__


def test_the_log_of_a_web_process_begins_with_the_version(caplog, monkeypatch):
    monkeypatch.setattr("bqs.web.start.note_settings_beside", lambda process: None)
    on_start()
    assert f"BQS {__version__} starts" in caplog.messages
