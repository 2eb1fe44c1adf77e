"""Alarms reach people once for each cause, with a real mail server."""

import io
import os
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.policy import default

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from bqs.alarms.watch import keep_alarms
from bqs.models import Alarm
from opportunities.tests.admin_clients import administrator, staff, text_of
from opportunities.tests.mail_server import PUT_OFF, mail_server
from outbox.models import Event
from sync.models import SyncLog, SyncStatus
from sync.schedule.crontab import why_not_scheduled
from sync.tests.crontabs import crontab_of
from sync.tests.factories import SyncLogFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
OPERATOR, OTHER = "operator@example.com", "other@example.com"


@pytest.fixture(autouse=True)
def clock(settings, tmp_path, monkeypatch):
    # A worker is as good as there.
    monkeypatch.setattr("bqs.health.checks.waits_for_a_worker", lambda: False)
    settings.SYNC_STALE_HOURS = settings.SYNC_OLD_HOURS = 1_000
    settings.ALERT_TO = [OPERATOR]
    crontab_of(settings, tmp_path)
    with time_machine.travel(NOON) as clock:
        yield clock


@pytest.fixture
def server(settings):
    with mail_server(settings) as server:
        yield server


@pytest.fixture
def failed():
    SyncLogFactory(status=SyncStatus.SUCCESS, watermark=NOON, completed_at=NOON)
    return SyncLogFactory(status=SyncStatus.FAILED, error_message="Oracle is away.")


def watch() -> str:
    out = io.StringIO()
    call_command("watch", stdout=out)
    # As a worker does.
    Event.objects.update(expanded_at=timezone.now())
    return out.getvalue()


def mails(server) -> list[str]:
    parsed = [message_from_string(message, policy=default) for _, message in server.received]
    return [f"{mail['Subject']}\n{mail.get_content()}" for mail in parsed]


def test_what_is_wrong_is_mailed_once_and_each_day_until_it_is_over(server, failed, clock):
    assert "The last sync failed" in watch()
    (first,) = mails(server)
    assert "BQS: 1 alarm\n" in first
    assert "New (since 2026-12-01 12:00 UTC): The last sync failed" in first
    assert "Oracle is away." in first
    clock.shift(timedelta(hours=23))
    watch()
    assert len(mails(server)) == 1
    clock.shift(timedelta(hours=2))
    watch()
    assert "Still (since 2026-12-01 12:00 UTC)" in mails(server)[1]
    SyncLogFactory(status=SyncStatus.SUCCESS)
    watch()
    watch()
    assert len(mails(server)) == 3
    assert "BQS: all clear\n" in mails(server)[2]
    assert "Over (since" in mails(server)[2]


def test_a_cause_that_comes_back_is_a_new_alarm(server, failed, clock):
    watch()
    SyncLogFactory(status=SyncStatus.SUCCESS)
    watch()
    SyncLogFactory(status=SyncStatus.FAILED)
    watch()
    assert [("1 alarm" in mail, "all clear" in mail) for mail in mails(server)] == [
        (True, False),
        (False, True),
        (True, False),
    ]


def test_all_is_clear_when_the_last_of_two_alarms_has_ended(server, clock):
    SyncLogFactory(status=SyncStatus.FAILED)
    keep_alarms()
    SyncLogFactory(status=SyncStatus.SUCCESS, watermark=NOON, completed_at=NOON)
    keep_alarms()
    assert "Over (since 2026-12-01 12:00 UTC): The last sync failed" in mails(server)[1]
    assert "Still (since 2026-12-01 12:00 UTC): The schedule" in mails(server)[1]
    clock.shift(timedelta(minutes=5))
    watch()
    subjects = [mail.partition("\n")[0] for mail in mails(server)]
    assert subjects == ["BQS: 3 alarms", "BQS: 1 alarm", "BQS: all clear"]


def test_a_mail_server_that_is_away_is_tried_again(settings, failed, server, caplog):
    server.answers[OPERATOR] = [PUT_OFF, "250 OK"]
    watch()
    assert Alarm.objects.get().reminded_at is None
    assert "451" in caplog.text
    watch()
    watch()
    assert server.told == [OPERATOR]


def test_without_addresses_alarms_are_kept_and_nobody_is_mailed(settings, failed, server):
    settings.ALERT_TO = []
    watch()
    assert (Alarm.objects.count(), server.told) == (1, [])


def test_what_was_over_before_anybody_was_told_is_not_mailed(settings, failed, server):
    settings.ALERT_TO = []
    watch()
    SyncLogFactory(status=SyncStatus.SUCCESS)
    watch()
    settings.ALERT_TO = [OPERATOR]
    watch()
    assert server.told == []


def test_two_servers_cannot_raise_one_alarm_twice(failed):
    watch()
    with pytest.raises(IntegrityError), transaction.atomic():
        Alarm.objects.create(cause="sync_failed", sentence="Again.", since=NOON)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no second server")
@pytest.mark.django_db(transaction=True)
def test_of_two_servers_at_once_one_tells(server, failed):
    server.hangs = True
    first = threading.Thread(target=closing_its_connection)
    first.start()
    assert server.asked.wait(10)
    keep_alarms()
    server.go_on.set()
    first.join(10)
    assert server.told == [OPERATOR]


def closing_its_connection():
    try:
        keep_alarms()
    finally:
        connection.close()


def test_a_sync_that_fails_is_mailed_when_it_ends(server, settings):
    settings.ORACLE_BASE_URL = "http://127.0.0.1:9"
    with pytest.raises(SystemExit):
        call_command("sync_oracle", stderr=io.StringIO())
    assert SyncLog.objects.get().status == SyncStatus.FAILED
    (mail,) = mails(server)
    assert "The last sync failed" in mail
    assert "The schedule of syncs is missing" in mail


def test_a_watch_anywhere_is_a_schedule_for_every_server(clock, settings, tmp_path):
    watch()
    assert why_not_scheduled() == ""
    clock.shift(timedelta(minutes=16))
    assert "not installed" in why_not_scheduled()


def test_the_timer_of_the_watch_alone_is_no_schedule(tmp_path, monkeypatch):
    timers = '[{"next":1795651200000000,"unit":"bqs-watch.timer"}]'
    (tmp_path / "systemctl").write_text(f"#!/bin/sh\necho '{timers}'\n")
    (tmp_path / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    watch()
    assert "not installed" in why_not_scheduled()


def test_administrators_and_auditors_see_the_alarms(failed):
    watch()
    page = administrator().get("/admin/bqs/alarm/")
    assert "The last sync failed" in text_of(page)
    assert staff().get("/admin/bqs/alarm/").status_code == 403


def test_the_outbox_tells_once_when_an_alarm_begins_and_when_it_is_over(failed):
    watch()
    watch()
    failed.delete()
    watch()
    watch()
    told = Event.objects.filter(body__cause="sync_failed").order_by("at", "name")
    assert [event.name for event in told] == ["alarm.begun", "alarm.over"]
    assert told[0].body["sentence"].endswith("Oracle is away.")
