"""The frontend's page and files, as Django serves them, and how a demo gets them built."""

import os
import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from bqs.web import frontend_build
from bqs.web.frontend import ROUTES

pytestmark = pytest.mark.any_database

PAGE = "<!doctype html><title>BQS</title>"


@pytest.fixture
def built(tmp_path: Path, settings):
    settings.FRONTEND_DIST = tmp_path / "dist"
    settings.FRONTEND_DIST.mkdir()
    (settings.FRONTEND_DIST / "index.html").write_text(PAGE)
    return settings.FRONTEND_DIST


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/inbox?tab=all",
        "/board",
        "/calendar",
        "/compare?id=1",
        "/syncs/",
        "/opportunities/7/assessment",
    ],
)
def test_every_address_of_the_frontend_gets_its_page(address: str, built: Path):
    answer = Client().get(address)
    assert (answer.status_code, answer.content.decode()) == (200, PAGE)
    assert "no-cache" in answer["Cache-Control"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_one_build_serves_any_prefix(built: Path, settings):
    page = '<html data-prefix=""><link href="/static/a.svg"><script src="./assets/b.js"></script>'
    (built / "index.html").write_text(page)
    assert '"" href="/static/a.svg" src="/static/app/assets/b.js"' in joined(Client().get("/inbox"))
    settings.URL_PREFIX, settings.STATIC_URL = "/bqs", "/bqs/static/"
    below = joined(Client().get("/inbox"))
    assert '"/bqs" href="/bqs/static/a.svg" src="/bqs/static/app/assets/b.js"' in below


def joined(page) -> str:
    return " ".join(re.findall(r'(?:href=|src=)?"[^"]*"', page.content.decode()))


def test_the_routes_of_the_frontend_are_those_of_its_router():
    router = (settings.FRONTEND / "src/app/router.tsx").read_text(encoding="utf-8")
    assert sorted(re.findall(r"path: '([^']+)'", router)) == sorted(ROUTES)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "address",
    [
        "/.env",
        "/anything.php",
        "/nowhere/",
        "/inbox/x",
        "/inbox.html",
        "/opportunities",
        "/opportunities/x",
        "/opportunities/7/assessments",
        "/a%0Ab",
        "/static/app/gone.js",
        "/favicon.ico",
    ],
)
def test_an_address_that_nobody_knows_is_not_found_in_friendly_words(
    address: str, method: str, built: Path, settings
):
    # As in a demo, where Django would list all patterns; static files are its own affair there.
    settings.DEBUG = not address.startswith("/static/")
    answer = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"), [("/api/nothing", 404), ("/admin", 301), ("/admin/", 302)]
)
def test_other_addresses_stay_what_they_are(address: str, status: int, built: Path):
    assert Client().get(address).status_code == status


def test_where_nothing_is_built_the_admin_is_the_site(tmp_path: Path, settings):
    settings.FRONTEND_DIST = tmp_path
    assert Client().get("/inbox").headers["Location"] == "/admin/"


def test_only_names_with_a_hash_of_the_content_are_kept_for_ever():
    is_immutable = re.compile(settings.WHITENOISE_IMMUTABLE_FILE_TEST).match
    assert is_immutable("/static/app/assets/index-Gv3ih3oL.js")
    assert is_immutable("/static/app/assets/Inbox-B_x-9aZ0.css")
    assert not is_immutable("/static/app/theme.js")
    assert not is_immutable("/static/unfold/css/styles.css")


def test_a_page_older_than_its_source_is_built_again(built: Path):
    assert frontend_build.is_built()
    os.utime(built / "index.html", (0, 0))
    assert not frontend_build.is_built()


def test_a_node_that_is_too_old_gives_way_to_our_own(tmp_path: Path, monkeypatch):
    put_program(tmp_path, "node", "echo v18.20.4")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert frontend_build.folder_of_node() == Path(sys.prefix) / "bin"
    put_program(tmp_path, "node", "echo v22.12.0")
    assert frontend_build.folder_of_node() == tmp_path


def test_a_build_that_fails_says_at_what_and_where_to_read_why(
    tmp_path: Path, monkeypatch, settings
):
    settings.FRONTEND = tmp_path
    put_program(tmp_path, "node", "echo v24.19.0")
    put_program(tmp_path, "npm", "echo no network; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(frontend_build.BuildFailed, match="`npm ci --no-progress` failed"):
        list(frontend_build.build())
    assert "no network" in (tmp_path / "build.log").read_text()


def put_program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
