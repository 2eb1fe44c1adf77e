"""The schedule as a cron daemon of the machine carries it out; its crontab is put back."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from sync.tests.simulator_process import OracleSimulator

PROJECT = Path(__file__).resolve().parents[3]
CRON, CRONTAB = shutil.which("cron") or "", shutil.which("crontab") or ""
TWO_FIRES_S = 130
BARE_ENVIRONMENT = {"HOME": "/root", "PATH": "/usr/bin:/bin"}

pytestmark = [
    pytest.mark.real_cron,
    pytest.mark.skipif(
        os.geteuid() != 0 or not CRON or not CRONTAB,
        reason="a cron daemon runs only as root, and only where it is installed",
    ),
]


@contextmanager
def cron_daemon():
    """One that runs already is left alone; else one of ours, for as long as the test."""
    ours = subprocess.Popen([CRON, "-f"])
    try:
        yield
    finally:
        ours.terminate()
        ours.wait()


@contextmanager
def crontab_put_back():
    before = subprocess.run([CRONTAB, "-l"], capture_output=True)
    try:
        yield
    finally:
        if before.returncode == 0:
            subprocess.run([CRONTAB, "-"], input=before.stdout, check=True)
        else:
            subprocess.run([CRONTAB, "-r"], check=False)


def copy_of_the_project(place, oracle_url):
    """With a database of its own, and settings in its .env only, as cron finds them."""
    unwanted = shutil.ignore_patterns(
        ".git", ".env", ".venv", ".*_cache", "*.sqlite3*", "logs", "node_modules", "__pycache__"
    )
    shutil.copytree(PROJECT, place, ignore=unwanted)
    settings = {
        "SECRET_KEY": "only for this test: abcdefghijklmnopqrstuvwxyz-0123456789",
        "SYNC_SCHEDULE": "* * * * *",
        "ORACLE_BASE_URL": oracle_url,
        "ORACLE_USERNAME": "simulator",
        "ORACLE_PASSWORD": "simulator",
    }
    lines = (f"{name}='{value}'\n" for name, value in settings.items())
    (place / ".env").write_text("".join(lines))
    manage(place, "migrate", "-v", "0")


def manage(place, *arguments):
    return subprocess.run(
        [sys.executable, place / "manage.py", *arguments],
        env=BARE_ENVIRONMENT,
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def runs(place):
    with closing(sqlite3.connect(place / "db.sqlite3")) as database:
        return database.execute(
            'SELECT sync_type, status, "trigger", new_records FROM sync_logs ORDER BY id'
        ).fetchall()


def two_finished(place):
    return sum(status != "RUNNING" for _, status, *_ in runs(place)) >= 2


def test_cron_fires_every_minute_first_full_then_incremental(tmp_path):
    # A blank and a % in the path are what cron and the shell would stumble over.
    place = tmp_path / "bid qualification, 100% real"
    with OracleSimulator("--rows", "300") as oracle, crontab_put_back(), cron_daemon():
        copy_of_the_project(place, oracle.url)
        assert "is installed" in manage(place, "schedule", "add")
        deadline = time.monotonic() + TWO_FIRES_S
        while not two_finished(place) and time.monotonic() < deadline:
            time.sleep(1)
        assert "Removed" in manage(place, "schedule", "remove")
    assert runs(place)[:2] == [
        ("FULL", "SUCCESS", "CRON", 300),
        ("INCREMENTAL", "SUCCESS", "CRON", 0),
    ]
    log = (place / "logs" / "sync.log").read_text()
    assert log.count("Scheduled sync has ended: it succeeded.") == 2
