"""The head of the seals leaves the database once a day."""

import io
import json
import logging
import stat
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django_crontab.crontab import Crontab

from audit.heads import write_head_of_the_day
from audit.models import AuditEvent, Seal
from audit.recording import record
from audit.sealing import seal
from sync.tests.migrated_template import IS_POSTGRES

pytestmark = pytest.mark.django_db


def seal_as_scheduled():
    """As the line in the crontab does, which names a job by its hash."""
    (job,) = (job for job in settings.CRONJOBS if job[1] == "audit.cron.seal_trail")
    crontab = Crontab()
    crontab.run_job(crontab._Crontab__hash_job(job))


def test_the_head_goes_to_a_file_and_by_mail_once_a_day(settings, tmp_path, mailoutbox):
    file = tmp_path / "heads"
    settings.SEAL_HEADS_FILE, settings.SEAL_HEADS_MAIL = str(file), ["audit@example.com"]
    record("export.made")
    for _ in range(2):
        call_command("seal_trail", stdout=io.StringIO())
    (line,) = file.read_text().splitlines()
    head = Seal.objects.get(position=json.loads(line)["position"])
    assert json.loads(line)["hash"] == head.hash
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [mail.to for mail in mailoutbox] == [["audit@example.com"]]
    assert line in mailoutbox[0].body
    assert AuditEvent.objects.get(kind="head.written").details["hash"] == head.hash
    assert AuditEvent.objects.filter(kind="settings.seen", about_id="schedule").count() == 1


class SlowMailServer(EmailBackend):
    def send_messages(self, messages):
        time.sleep(0.3)
        return super().send_messages(messages)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not IS_POSTGRES, reason="hosts share no SQLite")
def test_of_two_hosts_that_seal_in_the_same_second_one_writes_the_head(settings, mailoutbox):
    settings.SEAL_HEADS_MAIL = ["audit@example.com"]
    settings.EMAIL_BACKEND = f"{__name__}.SlowMailServer"
    record("export.made")
    seal()

    def write_head():
        write_head_of_the_day()
        connection.close()

    with ThreadPoolExecutor(2) as hosts:
        for each in [hosts.submit(write_head) for _ in range(2)]:
            each.result()
    assert len(mailoutbox) == 1
    assert AuditEvent.objects.filter(kind="head.written").count() == 1


def test_a_mail_that_fails_all_day_adds_no_line_each_minute(settings, tmp_path):
    file = tmp_path / "heads"
    settings.SEAL_HEADS_FILE, settings.SEAL_HEADS_MAIL = str(file), ["audit@example.com"]
    settings.EMAIL_BACKEND = "nowhere.at.all"
    for _ in range(3):
        record("export.made")
        seal_as_scheduled()
    assert len(file.read_text().splitlines()) == 1


def test_the_schedule_says_what_keeps_it_from_sealing(settings, tmp_path, caplog):
    settings.SEAL_HEADS_FILE = str(tmp_path / "nowhere" / "heads")
    record("export.made")
    with caplog.at_level(logging.ERROR):
        seal_as_scheduled()
    assert "audit.cron.seal_trail" in caplog.text
    assert str(tmp_path / "nowhere") in caplog.text
    assert Seal.objects.exists()
