"""What deploy/make_release writes runs without Node, without tests and without being written to."""

import os
import re
import signal
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from requests import Session

from bqs.tests.deployment.release import PAGE, Installed, installed, make
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.any_database

PASSWORD = "correct horse battery"
BIDS = """
from django.contrib.auth.models import Group, User
User.objects.get().groups.add(Group.objects.get(name="Bid manager"))
"""
LOGIN = {"username": "ada", "password": PASSWORD, "scopes": ["write", "sync"]}


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    return make(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def release(archive: Path) -> Iterator[Installed]:
    """Be in use already: with an administrator, and what a first sync brought."""
    person = {"USERNAME": "ada", "EMAIL": "ada@example.com", "PASSWORD": PASSWORD}
    named = {f"DJANGO_SUPERUSER_{name}": value for name, value in person.items()}
    with installed(archive) as unpacked, OracleSimulator("--rows", "5") as oracle:
        assert unpacked.manage("createsuperuser", "--noinput", **named)[0] == 0
        assert unpacked.manage("shell", "-c", BIDS)[0] == 0
        code, printed = unpacked.manage("sync_oracle", **known(oracle))
        assert code == 0, printed
        yield unpacked


def known(oracle: OracleSimulator) -> dict[str, str]:
    return {
        "ORACLE_BASE_URL": oracle.url,
        "ORACLE_USERNAME": "simulator",
        "ORACLE_PASSWORD": "simulator",
    }


def test_it_holds_what_production_needs_and_nothing_else(archive: Path):
    with tarfile.open(archive) as opened:
        names = [name.partition("/")[2] for name in opened.getnames()]
    assert {"manage.py", "requirements.txt", ".env.example", "frontend/dist/index.html"} <= {*names}
    assert {"deploy/systemd/bqs-web.service", "deploy/Dockerfile", "docs/operations.md"} <= {*names}
    of_developers = re.compile(
        r"(^|/)(tests|node_modules|\.git|__pycache__)(/|$)|\.sqlite3|^\.env$"
    )
    assert [name for name in names if of_developers.search(name)] == []


def test_it_is_the_same_each_time_and_belongs_to_nobody(archive: Path):
    before = archive.read_bytes()
    assert make(archive.parent).read_bytes() == before
    with tarfile.open(archive) as opened:
        members = opened.getmembers()
    assert {(each.uid, each.gid, each.mtime) for each in members} == {(0, 0, 1790000000)}
    assert all(each.isfile() or each.isdir() for each in members)


def test_another_user_syncs_serves_and_stores_files_from_a_folder_that_is_read_only(
    release: Installed, site_of
):
    with OracleSimulator("--rows", "5") as oracle:
        environment = known(oracle)
        code, printed = release.manage("nightly_sync", **environment)
        assert (code, "succeeded" in printed) == (0, True), printed
        assert "cannot be written" not in printed
        with site_of(release, **environment) as site:
            page = site.get("/inbox").text
            assert page == PAGE.replace("./", "/static/app/")
            assert site.get("/static/app/assets/a.js").text == "0"
            assert site.get("/health/live").json() == {"status": "ok"}
            deal = site.get("/api/opportunities").json()["results"][0]["id"]
            files = {"file": ("offer.txt", b"Ours.")}
            assert site.post(f"/api/opportunities/{deal}/attachments", files=files).ok
            assert site.post("/api/sync-database", json={}).json()["code"] == "still_queued"
        assert release.manage("worker", "--batch", **environment)[0] == 0
    assert [file.read_text() for file in (release.data / "attachments").iterdir()] == ["Ours."]
    assert (release.data / "logs/sync.log").is_file()


def test_what_cannot_be_written_to_is_named_and_a_file_is_refused_in_words(
    release: Installed, site_of
):
    if release.user is None:
        pytest.skip("Our Python is not for other users, and root may write anywhere.")
    folder = release.data.parent / "closed"
    folder.mkdir(mode=0o755)
    _, printed = release.manage("check", ATTACHMENT_FOLDER=str(folder))
    assert f"{folder} cannot be written to: chown it to the user" in printed
    with site_of(release, ATTACHMENT_FOLDER=str(folder)) as site:
        deal = site.get("/api/opportunities").json()["results"][0]["id"]
        files = {"file": ("offer.txt", b"Ours.")}
        answer = site.post(f"/api/opportunities/{deal}/attachments", files=files)
    assert answer.status_code < 500
    assert "could not be stored" in answer.text


class Site:
    """gunicorn, as a unit of systemd starts it, and an administrator's token."""

    def __init__(self, release: Installed, **environment: str) -> None:
        self._release, self._environment = release, environment

    def __enter__(self) -> "Site":
        options = ("--no-control-socket", "--threads", "4", "--bind", "127.0.0.1:0")
        self._process = self._release.popen(
            "-m", "gunicorn", *options, "bqs.wsgi", **self._environment
        )
        printed = ""
        for line in self._process.stdout:
            printed += line
            if found := re.search(r"Listening at: (\S+)", line):
                break
        assert found, printed
        self._url, self._session = found[1], Session()
        self._session.trust_env = False
        token = self.post("/api/token", json=LOGIN).json()["token"]
        self._session.headers["Authorization"] = f"Token {token}"
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.communicate(timeout=30)

    def get(self, path: str):
        return self._session.get(self._url + path, timeout=30)

    def post(self, path: str, **content):
        return self._session.post(self._url + path, timeout=60, **content)


@pytest.fixture
def site_of():
    return Site
