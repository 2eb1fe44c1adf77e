"""What holds where nobody has set anything."""

import re
import stat
from pathlib import Path

import pytest
from django.test import Client

from bqs.checks import check_files
from bqs.tests.test_env import manage

CONNECT = """
import django
django.setup()
from django.conf import settings
from django.db import connection
connection.cursor()
settings.SYNC_JOB_LOG.touch()
"""


def test_files_that_we_make_are_for_their_owner_alone(tmp_path: Path) -> None:
    surroundings = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "SYNC_JOB_LOG": str(tmp_path / "sync.log"),
        "DJANGO_SETTINGS_MODULE": "bqs.settings",
    }
    assert not manage("-c", CONNECT, **surroundings).stderr
    made = [*tmp_path.iterdir()]
    assert len(made) >= 2
    assert {stat.S_IMODE(each.stat().st_mode) for each in made} == {0o600}


def test_files_that_others_can_read_are_named_with_what_to_do(settings, tmp_path: Path) -> None:
    settings.BASE_DIR, settings.SYNC_JOB_LOG = tmp_path, tmp_path / "sync.log"
    for name, mode in ((".env", 0o640), (".env.bak-1", 0o644), ("sync.log", 0o600)):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(mode)
    warnings = "\n".join(each.msg for each in check_files())
    assert f"chmod 600 {tmp_path / '.env'}\n" in warnings
    assert f"chmod 600 {tmp_path / '.env.bak-1'}" in warnings
    assert "sync.log" not in warnings


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/nothing", "/admin/login/", "/api/me", "/static/bqs/icon.svg"]
)
def test_no_page_may_use_what_the_computer_has(address: str) -> None:
    answer = Client().get(address)
    answer.close()
    policy = answer.headers["Permissions-Policy"]
    for each in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{each}=()" in policy


@pytest.mark.django_db
def test_whom_to_tell_of_a_weakness_is_told_where_somebody_is_named(settings) -> None:
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@bqs.example"
    answer = Client().get("/.well-known/security.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Contact: mailto:security@bqs.example\n" in answer.text
    assert re.search(r"^Expires: 20\d\d-\d\d-\d\dT00:00:00Z$", answer.text, re.M)
