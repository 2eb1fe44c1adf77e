"""The API as real servers serve it: requests cut in two, sent at once, and killed in between."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from urllib.parse import urlsplit

import pytest
import requests

from sync.tests.migrated_template import IS_POSTGRES, PROJECT
from sync.tests.schedule.test_launch import eventually
from sync.tests.scratch_database import scratch_database
from sync.tests.simulator_process import OracleSimulator
from sync.tests.web_server import WebServer
from sync.tests.worker_process import worker_on

SCENE = """
from django.contrib.auth.models import Group, User
from opportunities.tests.factories import OpportunityFactory
OpportunityFactory(pk=1)
User.objects.get().groups.add(Group.objects.get(name="Bid manager"))
"""
COMMENTS = "/api/opportunities/1/comments"
COUNT = "SELECT count(*) FROM opportunity_events WHERE reason = '{}'"
WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
SMUGGLED = "GET /api/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = (
    f"POST {COMMENTS} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    f"Transfer-Encoding: chunked\r\n\r\n{len(SMUGGLED):x}\r\n{SMUGGLED}\r\n0\r\n\r\n"
)


@pytest.fixture(scope="module")
def database():
    with scratch_database() as made:
        yield made


@pytest.fixture(scope="module")
def site(database, tmp_path_factory) -> Iterator[WebServer]:
    job_log = tmp_path_factory.mktemp("logs") / "sync.log"
    with OracleSimulator("--rows", "3") as oracle:
        settings = {"ORACLE_BASE_URL": oracle.url, "SYNC_JOB_LOG": str(job_log)}
        server = WebServer(database, **settings)
        database.manage("shell", "-c", SCENE)
        with worker_on(database, **settings), server:
            yield server


def comment(site, text, key):
    return site.post(COMMENTS, {"text": text}, Idempotency_Key=key)


@pytest.mark.postgres_by_day
def test_of_several_sent_at_once_under_one_key_one_is_done(site, database):
    with ThreadPoolExecutor(4) as crowd:
        with database.opportunities_taken():
            sent = [crowd.submit(comment, site, "At once.", "at once") for _ in range(4)]
            wait(sent, timeout=1)
        answers = [each.result() for each in sent]
    # Whoever found it in work, and not yet answered, asks again.
    waiting = [each for each in answers if each.status_code == 409]
    assert all(each.headers["Retry-After"] == "1" for each in waiting)
    done = [each for each in answers if each not in waiting]
    done.append(comment(site, "At once.", "at once"))
    assert {(each.status_code, each.json()["id"]) for each in done} == {(201, done[0].json()["id"])}
    assert [each.headers.get("Idempotent-Replayed") for each in done].count(None) == 1
    assert database.rows(COUNT.format("At once.")) == [(1,)]


@pytest.mark.postgres_by_day
def test_a_server_killed_at_work_leaves_neither_a_half_nor_a_lie(site, database):
    with ThreadPoolExecutor(1) as pool, database.opportunities_taken():
        lost = pool.submit(comment, site, "Killed.", "killed")
        if IS_POSTGRES:
            eventually(lambda: database.rows(WAITING))
            refused = comment(site, "Killed.", "killed")
            assert (refused.status_code, refused.headers["Retry-After"]) == (409, "1")
            assert refused.json()["code"] == "idempotency_key_in_work"
        with pytest.raises(TimeoutError):
            lost.result(timeout=0.5)
        site.kill()
        assert isinstance(lost.exception(timeout=10), requests.ConnectionError)
    site.start_again()
    assert database.rows(COUNT.format("Killed.")) == [(0,)]
    again = [comment(site, "Killed.", "killed") for _ in range(2)]
    assert [each.status_code for each in again] == [201, 201]
    assert "Idempotent-Replayed" not in again[0].headers
    assert database.rows(COUNT.format("Killed.")) == [(1,)]


@pytest.mark.postgres_by_day
def test_a_sync_is_started_once_under_a_key_also_when_it_has_ended_since(site, database):
    first = site.post("/api/sync-database", {}, Idempotency_Key="sync")
    assert first.status_code == 202, first.text
    eventually(lambda: site.get(first.headers["Location"]).json()["status"] == "SUCCESS")
    again = site.post("/api/sync-database", {}, Idempotency_Key="sync")
    assert (again.status_code, again.text) == (202, first.text)
    assert again.headers["Location"] == first.headers["Location"]
    assert database.rows("SELECT count(*) FROM sync_logs") == [(1,)]


@pytest.mark.postgres_by_day
def test_gunicorn_refuses_a_chunked_body(site):
    refuses_a_chunked_body(site.url)


@pytest.mark.any_database
def test_the_development_server_refuses_a_chunked_body(database):
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    command = ["manage.py", "runserver", f"127.0.0.1:{port}", "--noreload", "--skip-checks"]
    server = subprocess.Popen(
        [sys.executable, *command],
        cwd=PROJECT,
        env=database.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        eventually(lambda: _listens(port))
        refuses_a_chunked_body(f"http://127.0.0.1:{port}")
    finally:
        server.kill()
        server.wait()


def _listens(port):
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def refuses_a_chunked_body(url):
    """And takes no part of it for a request: only what comes after it is one."""
    where = urlsplit(url)
    with closing(socket.create_connection((where.hostname, where.port), timeout=10)) as wire:
        wire.sendall(CHUNKED.encode())
        wire.sendall(b"GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        received = b"".join(iter(lambda: wire.recv(65536), b"")).decode()
    head, _, rest = received.partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 411 Length Required")
    assert "application/problem+json" in head
    assert '"code": "length_required"' in rest
    assert "smuggled" not in received
    answers = received.count("HTTP/1.1 ")
    assert answers == 1 or (answers == 2 and "HTTP/1.1 401" in rest)
