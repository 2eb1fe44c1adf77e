import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from django.conf import settings

from sync.tests.in_background import IN_BACKGROUND

MANAGE = str(settings.BASE_DIR / "manage.py")
SMALL = ("--rows", "40", "--without-frontend")


@contextmanager
def demo(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}"}
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
            return requests.request(url=url, timeout=5, **{"method": "GET", **more})  # type: ignore[arg-type]
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {url}")


def admin_overview(site: str, username: str, printed: str) -> str:
    """As this person sees it, signed in by the form of the site."""
    with requests.Session() as browser:
        form = browser.get(f"{site}/admin/login/", timeout=5)
        assert "Log in" in form.text
        password = re.findall(rf"{username} / (\S+)", printed)[0]
        said = {"username": username, "password": password, "next": "/admin/"}
        said["csrfmiddlewaretoken"] = browser.cookies["csrftoken"]
        return browser.post(form.url, data=said, timeout=30).text


def test_one_command_shows_synced_opportunities_and_ctrl_c_ends_it_all(tmp_path: Path) -> None:
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    with demo(tmp_path, "--port", str(port)) as process:
        printed = printed_until(process, "Ctrl-C ends everything")
        password = re.findall(r"demo-sa / (\S+)", printed)[0]
        login = {"username": "demo-sa", "password": password}
        token = answer(f"{site}/api/token", method="POST", json=login).json()["token"]
        signed_in = {"Authorization": f"Token {token}"}
        opportunities = answer(f"{site}/api/opportunities", headers=signed_in).json()
        assert opportunities["count"] == 40
        assert answer(f"{site}/api/opportunities").status_code == 401
        mine = answer(f"{site}/api/opportunities?assigned_sa=me", headers=signed_in).json()
        assert mine["count"] > 0
        page = admin_overview(site, "demo-bid-manager", printed)
        assert "Demo: made-up data" in page
        assert "Bea Moreau (demo)" in page
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(site, timeout=5)


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
