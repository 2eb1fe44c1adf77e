import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import ApiToken
from accounts.tokens.tokens import issue_token
from bqs import env
from bqs.demonstration.environment import prepare_demo_environment
from bqs.demonstration.machinery import DemoFailed, refuse_live_database
from bqs.demonstration.people import end_people, make_people
from bqs.models import DemoMark
from opportunities.tests.factories import OpportunityFactory, UserFactory
from sync.tests.in_background import IN_BACKGROUND

pytestmark = pytest.mark.any_database

MANAGE = str(settings.BASE_DIR / "manage.py")
SMALL = ("--rows", "40", "--without-frontend")
# What a .env beside it may say of another Oracle.
ELSEWHERE = {
    "ORACLE_AUTH": "token",
    "ORACLE_PROXY": "http://127.0.0.1:9",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "SYNC_DATABASE_URL": "postgresql://bqs@127.0.0.1:9/live",
}


@contextmanager
def demo(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    database = {"DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}"}
    environment = {**os.environ, **ELSEWHERE, **database}
    environment.pop("SECRET_KEY")
    with subprocess.Popen(
        [*IN_BACKGROUND, sys.executable, "-u", MANAGE, "demo", *SMALL, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_demo_takes_nothing_that_leads_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    named = {"EMAIL_HOST": "mail.example.com", "SEAL_HEADS_FILE": "heads", "LOG_LEVEL": "INFO"}
    monkeypatch.setattr(os, "environ", {**named, **ELSEWHERE})
    prepare_demo_environment()
    outside = {"EMAIL_HOST", "SEAL_HEADS_FILE", "SYNC_DATABASE_URL", "ORACLE_PROXY"}
    assert {os.environ[name] for name in outside} == {""}
    assert os.environ["LOG_LEVEL"] == "INFO"


def test_a_demo_leaves_no_setting_to_a_file_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {})
    prepare_demo_environment()
    assert env.defaults.keys() - os.environ.keys() == set()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def printed_until(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdout
    lines = ""
    for line in process.stdout:
        lines += line
        if word in line:
            return lines
    raise AssertionError(lines)


def answer(url: str, **more: object) -> requests.Response:
    """Once the site is up."""
    for _ in range(100):
        try:
            return requests.request(url=url, timeout=30, **{"method": "GET", **more})  # type: ignore[arg-type]
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {url}")


def admin_overview(site: str, username: str, printed: str) -> str:
    """As this person sees it, signed in by the form of the site."""
    with requests.Session() as browser:
        answer(site)
        form = browser.get(f"{site}/accounts/login/", timeout=30)
        assert "Sign in to BQS" in form.text
        password = re.findall(rf"{username} / (\S+)", printed)[0]
        form_data = {"login": username, "password": password, "next": "/admin/"}
        form_data["csrfmiddlewaretoken"] = browser.cookies["csrftoken"]
        overview = browser.post(form.url, data=form_data, timeout=30).text
        calendar = browser.get(f"{site}/api/me/calendar", timeout=30).json()["address"]
        assert urlsplit(calendar).port == urlsplit(site).port
        return overview


def test_one_command_shows_synced_opportunities_and_nobody_of_it_gets_into_the_next(
    tmp_path: Path,
) -> None:
    with sqlite3.connect(tmp_path / "demo.sqlite3") as database:
        for end in (signal.SIGINT, signal.SIGTERM):
            site = f"http://127.0.0.1:{(port := free_port())}"
            with demo(tmp_path, "--port", str(port)) as process:
                printed = printed_until(process, "Ctrl-C ends everything")
                page = admin_overview(site, "demo-bid-manager", printed)
                assert "Demo: made-up data" in page
                assert "Bea Moreau (demo)" in page
                assert_forty_are_served(site, re.findall(r"demo-sa / (\S+)", printed)[0])
                assert number_of(database, "auth_user WHERE is_active") == 8
                assert number_of(database, "django_session") > 0
                process.send_signal(end)
                assert process.wait(timeout=60) == 0
            assert number_of(database, "auth_user WHERE is_active") == 0
            assert number_of(database, "django_session") == 0
            with pytest.raises(requests.ConnectionError):
                requests.get(site, timeout=30)


def assert_forty_are_served(site: str, password: str) -> None:
    login = {"username": "demo-sa", "password": password}
    token = answer(f"{site}/api/token", method="POST", json=login).json()["token"]
    signed_in = {"Authorization": f"Token {token}"}
    assert answer(f"{site}/api/opportunities", headers=signed_in).json()["count"] == 40
    assert answer(f"{site}/api/opportunities").status_code == 401
    mine = answer(f"{site}/api/opportunities?assigned_sa=me", headers=signed_in).json()
    assert mine["count"] > 0


def number_of(database: sqlite3.Connection, rows: str) -> int:
    (number,) = database.execute("SELECT count(*) FROM " + rows).fetchone()
    return int(number)


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [UserFactory, OpportunityFactory])
def test_a_database_that_is_in_use_stays_as_it_is(factory: Any, settings: Settings) -> None:
    settings.DEBUG = True
    factory()
    with pytest.raises(CommandError, match="has people or opportunities that no demo made"):
        call_command("demo", "--without-frontend", "--port", str(free_port()))
    assert not User.objects.filter(username__startswith="demo-").exists()
    assert not DemoMark.objects.exists()


@pytest.mark.django_db
def test_a_demo_takes_nobodys_account() -> None:
    mine = UserFactory(username="demo-sa", is_active=False)
    with pytest.raises(DemoFailed, match="demo-sa"):
        make_people()
    mine.refresh_from_db()
    assert (mine.is_active, mine.is_staff) == (False, False)


@pytest.mark.django_db
def test_what_a_killed_demo_left_open_the_next_start_closes() -> None:
    other, passwords = UserFactory(), make_people()
    Client().force_login(User.objects.get(username="demo-admin"))
    issue_token(User.objects.get(username="demo-sa"), "Report")
    refuse_live_database()
    end_people()
    assert not Session.objects.exists()
    assert not ApiToken.objects.exists()
    assert list(User.objects.filter(is_active=True)) == [other]
    again = make_people()
    assert User.objects.filter(is_active=True).count() == 1 + len(again)
    assert not passwords.items() & again.items()


def test_a_port_in_use_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with demo(tmp_path, "--port", str(port)) as process:
            printed = process.communicate(timeout=30)[0]
    assert process.returncode == 1
    assert f"Port {port} is in use: choose another with --port" in printed
    assert "Traceback" not in printed


def test_without_a_secret_key_nothing_starts_and_a_sentence_says_why(tmp_path: Path) -> None:
    environment = {**os.environ, "SECRET_KEY": "", "DEBUG": "false"}
    command = [sys.executable, MANAGE, "migrate"]
    process = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert process.returncode == 1
    assert process.stderr.startswith("SECRET_KEY is not set.")
    assert "Traceback" not in process.stderr
