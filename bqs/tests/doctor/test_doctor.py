"""One page says what is well and what is not."""

import io
import json
import os
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from opportunities.tests.mail_server import mail_server
from outbox.signs import leave_sign
from sync.models import RefusedLogin
from sync.schedule import heartbeat
from sync.tests.builders import oracle_item
from sync.tests.crontabs import crontab_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server(settings) as server:
        yield server


@pytest.fixture
def well(oracle, server, settings, tmp_path):
    """An installation that is well but for advice."""
    settings.SYNC_JOB_LOG = tmp_path / "logs" / "sync.log"
    # One that no other test has looked at within the last minute.
    crontab_of(settings, tmp_path)
    heartbeat.beat()
    oracle.serve([oracle_item()])
    call_command("sync_oracle", stdout=io.StringIO(), stderr=io.StringIO())


def doctor(*arguments: str) -> tuple[str, int]:
    out = io.StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def bad() -> dict[str, str]:
    findings = json.loads(doctor("--json")[0])
    return {each["subject"]: each["sentence"] for each in findings if each["is_well"] is False}


def test_an_installation_that_is_well_ends_with_0_and_mails_only_when_asked(well, server):
    leave_sign()
    page, code = doctor()
    assert (code, "✗" in page) == (0, False), page
    assert f"process {os.getpid()}" in " ".join(page.split())
    assert "Nothing stands in the way of a sync." in page
    assert server.told == []
    doctor("--mail", "me@example.com")
    assert server.told == ["me@example.com"]


def test_what_is_wrong_is_named_with_what_to_do(well, settings, tmp_path):
    settings.EMAIL_PORT = 9
    (tmp_path / "file").touch()
    settings.SYNC_JOB_LOG = tmp_path / "file" / "sync.log"
    settings.ORACLE_BASE_URL = ""
    heartbeat.stop()
    settings.CRONTAB_EXECUTABLE = str(tmp_path / "no-crontab")
    found = bad()
    assert found.keys() >= {"Not scheduled", "Mail", "Oracle", "Files"}
    assert "schedule show" in found["Not scheduled"]
    assert "EMAIL_" in found["Mail"]
    assert "cannot be written" in found["Files"]
    assert "ORACLE_BASE_URL" in found["Oracle"]
    assert doctor()[1] == 1


def test_no_secret_is_told(well, settings):
    settings.EMAIL_HOST_PASSWORD = "s3cret-of-mail"
    page = doctor()[0]
    secrets = (settings.EMAIL_HOST_PASSWORD, settings.ORACLE_PASSWORD, settings.SECRET_KEY)
    assert not [secret for secret in secrets if secret in page]


def test_a_login_that_oracle_refused_is_not_tried_again(well, oracle, settings):
    settings.ORACLE_PASSWORD = "s3cret-and-wrong"
    assert "refused" in bad()["Oracle"]
    oracle.forget_requests()
    assert "not tried again" in bad()["Oracle"]
    assert oracle.requests() == []
    assert RefusedLogin.objects.count() == 1
    assert "s3cret" not in doctor()[0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no rights")
def test_the_rights_of_the_database_are_tried_and_nothing_stays(well):
    page, code = doctor()
    assert (code, "UTF8" in page) == (0, True)
    assert "doctor_looks" not in connection.introspection.table_names()
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert "use NTP on both" in bad()["Clock"]
