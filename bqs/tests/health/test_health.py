"""What load balancers and monitors are told, without a login."""

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from opportunities.domain.states import Action
from opportunities.tests.workflow_scene import deal, lead, moved, sa
from outbox.expanding import expand_due
from outbox.models import Delivery, Event
from outbox.signs import leave_sign
from sync.models import RefusedLogin, SyncLog, SyncStatus, Trigger
from sync.schedule import crontab
from sync.tests.crontabs import FakeCrontab, crontab_of
from sync.tests.factories import RejectedRecordFactory, SyncLogFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
HOUR, DAY = timezone.timedelta(hours=1), timezone.timedelta(days=1)


@pytest.fixture(autouse=True)
def installed(settings: Settings, tmp_path) -> FakeCrontab:
    settings.SYNC_JOB_LOG = tmp_path / "sync.log"
    made = crontab_of(settings, tmp_path)
    crontab.add()
    return made


@pytest.fixture
def synced() -> SyncLog:
    now = timezone.now()
    return SyncLogFactory(status=SyncStatus.SUCCESS, completed_at=now, watermark=now)


def ready(path: str = "/health/ready", **more):
    return Client().get(path, **more)


def causes() -> list[str]:
    return [each["cause"] for each in ready().json()["problems"]]


def test_a_process_lives_without_a_question_to_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_all_is_well_in_a_fixed_number_of_queries(synced, django_assert_num_queries):
    with django_assert_num_queries(15):
        answer = ready()
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "problems": []})
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Length"] == str(len(answer.content))


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/health/ready/"])
def test_a_balancer_asks_by_address_without_https_and_login(path, settings, synced):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["bqs.example.com"], True
    assert ready(path, headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert Client().post(path).status_code == 405


def test_what_is_wrong_is_named_and_only_monitors_get_a_503(synced, installed):
    installed.holds()
    crontab.remove()
    answer = ready()
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert causes() == ["not_scheduled"]
    assert ready("/health/ready?strict").status_code == 503


def test_a_database_of_an_older_version_serves_no_page(synced):
    MigrationRecorder.Migration.objects.filter(app="bqs", name__gte="0007").delete()
    assert (ready().status_code, causes()) == (503, ["migrations_missing"])


def test_a_site_before_its_first_sync_and_one_that_missed_a_night(synced):
    SyncLog.objects.update(completed_at=timezone.now() - 2 * DAY, watermark=timezone.now())
    assert causes() == ["sync_overdue"]
    SyncLog.objects.all().delete()
    assert causes() == ["never_synced"]


def test_a_process_that_followed_oracle_is_silent_but_for_its_rest(synced, settings):
    last = timezone.now() - 3 * HOUR
    SyncLog.objects.update(completed_at=last)
    assert causes() == []
    SyncLog.objects.update(trigger=Trigger.FOLLOW)
    assert causes() == ["follower_silent"]
    # It lives, and Oracle does not answer: the alarm of the failed sync says so.
    now = timezone.now()
    failed = SyncLogFactory(
        trigger=Trigger.FOLLOW, status=SyncStatus.FAILED, started_at=now, completed_at=now
    )
    assert causes() == ["sync_failed"]
    failed.delete()
    settings.SYNC_FOLLOW_RESTS = "* * * * *"
    assert causes() == []


@pytest.mark.parametrize("status", [SyncStatus.FAILED, SyncStatus.PARTIAL])
def test_the_last_sync_failed_without_a_word_of_its_message(synced, status):
    SyncLogFactory(status=status, error_message="of Acme, OptyId 300")
    assert causes() == [f"sync_{status.lower()}"]
    assert b"Acme" not in ready().content


def test_quarantine_grows_until_a_day_has_passed_without_a_new_record(synced):
    record = RejectedRecordFactory(reason="Acme")
    assert causes() == ["quarantine_grows"]
    type(record).objects.update(first_seen_at=timezone.now() - DAY - HOUR)
    assert causes() == []


def test_removals_wait(synced):
    SyncLogFactory(status=SyncStatus.SUCCESS, removals_waiting=70)
    assert causes() == ["removals_waiting"]


def test_a_status_is_unknown_until_a_setting_names_it(synced, settings):
    SyncLogFactory(status=SyncStatus.SUCCESS, unmapped_statuses=["NO_SALE"])
    assert causes() == ["unknown_status"]
    settings.ORACLE_OPEN_STATUS_CODES = ["NO_SALE"]
    assert causes() == []


def test_a_refused_login_lasts_until_a_sync_is_complete(synced):
    RefusedLogin.objects.create(fingerprint="x", refused_at=timezone.now(), advice="of ada")
    assert causes() == ["login_refused"]
    SyncLog.objects.update(completed_at=timezone.now())
    assert causes() == []


def a_message(**values):
    moved(deal(), Action.ASSIGN, lead(), params={"assignee": sa(email="sa@example.com")})
    expand_due()
    old = timezone.now() - 2 * HOUR
    Delivery.objects.update(**{"created_at": old, "due_at": old} | values)
    leave_sign()
    return Delivery.objects


def test_mail_that_is_late_by_an_hour(synced):
    rows = a_message(tries=3, last_failure="421", next_try_at=timezone.now() + HOUR)
    assert causes() == ["mail_waits"]
    rows.update(due_at=timezone.now() - HOUR / 2)
    assert causes() == []


def test_mail_whose_first_try_is_being_made_is_not_late_before_it_has_failed(synced):
    rows = a_message(tries=1, next_try_at=timezone.now() + HOUR)
    assert causes() == []
    rows.update(last_failure="421")
    assert causes() == ["mail_waits"]


def test_events_that_make_no_messages_for_an_hour(synced):
    now = timezone.now()
    Event.objects.create(name="sync.finished", at=now - 2 * HOUR, next_try_at=now + HOUR)
    assert causes() == ["events_wait"]
    Event.objects.update(at=now)
    assert causes() == []
