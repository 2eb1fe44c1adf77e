"""Logs as JSON: a line for each message, request and run, which programs can read."""

import json
import logging
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from bqs.logs import JsonLine
from bqs.middleware.secret_paths import SecretPathFilter
from opportunities.access.roles import Role
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory
from sync.tests.scratch_database import scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.any_database


class Lines(logging.Handler):
    """Keeps what would be written."""

    def __init__(self):
        super().__init__()
        self.setFormatter(JsonLine())
        self.written = []

    def emit(self, record):
        self.written.append(self.format(record))

    def of(self, logger):
        found = [json.loads(line) for line in self.written]
        return [line for line in found if line["logger"] == logger]


@pytest.fixture
def lines():
    root, handler = logging.getLogger(), Lines()
    requests = logging.getLogger("bqs.requests")
    root.addHandler(handler)
    requests.setLevel("INFO")
    yield handler
    requests.setLevel("NOTSET")
    root.removeHandler(handler)


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_person_and_without_its_query(lines):
    person = UserFactory(roles=[Role.SA])
    address = "/api/opportunities?q=Secretword"
    client_of(person).get(address, headers={"X-Request-ID": "r-1", "Authorization": "Token Hidden"})
    (line,) = lines.of("bqs.requests")
    assert line["duration_ms"] > 0
    expected = {"method": "GET", "route": "opportunity-list", "request_id": "r-1", "level": "INFO"}
    assert expected.items() <= line.items()
    assert "Secretword" not in "".join(lines.written)
    assert "Hidden" not in "".join(lines.written)


@pytest.mark.django_db
def test_the_line_names_who_was_signed_in(lines):
    person = UserFactory(roles=[Role.SA])
    client_of(person).get("/api/opportunities")
    (line,) = lines.of("bqs.requests")
    assert (line["user_id"], line["status"]) == (person.pk, 200)


def test_an_exception_is_one_line_with_its_trace(lines):
    try:
        raise ValueError("wrong\nin two lines")
    except ValueError:
        logging.getLogger("bqs.tests").exception("It broke")
    (written,) = lines.written
    assert "\n" not in written
    (line,) = lines.of("bqs.tests")
    assert (line["message"], line["level"]) == ("It broke", "ERROR")
    assert line["exception"].endswith("ValueError: wrong\nin two lines")


def test_what_a_library_attaches_is_not_written(lines):
    logging.getLogger("django.request").warning(
        "Not Found", extra={"request": "GET /?q=Secretword"}
    )
    assert "Secretword" not in lines.written[0]


def job(database, code, **environment):
    """Return the lines that a job of cron leaves in its log, each as JSON."""
    ended = subprocess.run(
        [sys.executable, "manage.py", *code],
        cwd=settings.BASE_DIR,
        env=database.environment | {"LOG_FORMAT": "json"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_the_job_log_of_a_sync_has_nothing_but_lines_of_json(tmp_path):
    nightly = ["shell", "-v0", "-c", "from sync.schedule.cron import nightly_sync as n; n()"]
    with scratch_database() as database, OracleSimulator("--rows", "3") as oracle:
        written = job(database, nightly, ORACLE_BASE_URL=oracle.url)
        ((pk,),) = database.rows("SELECT id FROM sync_logs")
        failed = job(database, ["sync_oracle"], ORACLE_BASE_URL="http://127.0.0.1:9")
    (run,) = [line for line in written if line["logger"] == "sync.runs"]
    assert (run["run_id"], run["status"], run["trigger"]) == (pk, "SUCCESS", "CRON")
    assert run["counts"]["new_records"] == 3
    told = [line["message"] for line in written if line["logger"] == "sync.schedule.cron"]
    assert told[:2] == ["Scheduled sync begins.", "Scheduled sync has ended: it succeeded."]
    assert failed[-1]["status"] == "FAILED"
    assert "ORACLE_BASE_URL" in failed[-1]["message"]


@pytest.mark.skipif(not shutil.which("logrotate"), reason="logrotate is not installed")
def test_logrotate_understands_the_sample():
    sample = settings.BASE_DIR / "deploy/logrotate/bqs"
    read = subprocess.run(
        [shutil.which("logrotate"), "--debug", sample], capture_output=True, text=True, check=False
    )
    assert "error" not in read.stderr.replace("unknown user", "")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/calendar/s3cr3t.ics", "/calendar/…"),
        ("/bqs/accounts/password/reset/4-cs5-abc/", "/bqs/accounts/password/reset/…/"),
        ("/accounts/password/reset/sent/", "/accounts/password/reset/sent/"),
    ],
)
def test_a_path_that_is_a_secret_is_cut(path, shown):
    record = logging.makeLogRecord({"msg": "Not Found: %s", "args": (path,)})
    assert SecretPathFilter().filter(record)
    assert record.getMessage() == f"Not Found: {shown}"
