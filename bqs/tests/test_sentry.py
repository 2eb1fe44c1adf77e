"""Errors reach a Sentry that is named, without anything of people, requests or Oracle."""

import gzip
import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings

from bqs.analysts.tables import our_apps

pytestmark = pytest.mark.any_database


@contextmanager
def receiver():
    """A Sentry that keeps what it gets."""
    received = []

    class Store(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            is_packed = self.headers["Content-Encoding"] == "gzip"
            received.append((gzip.decompress(body) if is_packed else body).decode())
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    Thread(target=server.serve_forever, daemon=True).start()
    with server:
        yield f"http://key@127.0.0.1:{server.server_port}/1", received
        server.shutdown()


def break_the_site(**environment):
    subprocess.run(
        [sys.executable, "-m", "bqs.tests.broken_site"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": "sqlite://:memory:"} | environment,
        check=True,
        capture_output=True,
        timeout=60,
    )


def test_a_log_line_names_its_values_apart_from_its_words():
    """A sentence that is put together before would be the title of the event."""
    lines = re.compile(r'\blog(?:ger)?\.(?:debug|info|warning|error|exception|critical)\((?!\s*")')
    files = [
        file
        for app in our_apps()
        for file in Path(app.path).rglob("*.py")
        if "tests" not in file.parts
    ]
    assert len(files) > 300
    assert [str(file) for file in files if lines.search(file.read_text())] == []


def events_in(envelopes):
    lines = [json.loads(line) for each in envelopes for line in each.splitlines() if line]
    return {each.get("logger") or "request": each for each in lines if "platform" in each}


def test_an_error_is_told_by_its_place_and_request_id_alone():
    with receiver() as (dsn, received):
        break_the_site(SENTRY_DSN=dsn)
    events = events_in(received)
    error = events.pop("sync")
    assert error["logentry"] == {"message": "Oracle said %s"}
    (broken,) = [each for each in events.values() if each["exception"]["values"]]
    (told,) = broken["exception"]["values"]
    assert told["type"] == "ValueError"
    assert told["stacktrace"]["frames"][-1]["function"] == "breaks"
    assert broken["tags"]["request_id"] == "request-1"
    assert broken["transaction"] == "/breaks/{pk}"
    everything = "".join(received).replace('raise ValueError(\\"Secretmessage: deal 98765432', "")
    everything = everything.replace('f\\"Secretlocal {request.POST}\\"', "")
    assert "Secret" not in everything
    assert "98765432" not in everything


def test_errors_that_anybody_can_cause_are_not_sent():
    with receiver() as (dsn, received):
        break_the_site(SENTRY_DSN=dsn, ALLOWED_HOSTS="bqs.example.com")
    assert events_in(received).keys() == {"sync"}


def test_where_none_is_named_the_library_is_not_even_loaded():
    code = "import os, sys, django; django.setup(); sys.exit('sentry_sdk' in sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "bqs.settings"}
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, cwd=settings.BASE_DIR, env=environment).returncode == 0
