"""A refused login is remembered, so that nobody and nothing locks the account."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from pytest_django import Settings

from opportunities.access.roles import Role
from opportunities.models import Opportunity
from opportunities.tests.api_clients import any_user
from sync import conf
from sync.admin.rejected_record import retry
from sync.models import RefusedLogin, RejectedRecord, SyncLog, SyncStatus
from sync.oracle.fields.attributes import Attributes
from sync.oracle.reading.client import OracleClient
from sync.oracle.transport.sign_in import sign_in_for
from sync.safety.refused_login import heeding_refusals
from sync.schedule.cron import nightly_sync
from sync.tests.builders import oracle_item
from sync.tests.factories import RejectedRecordFactory
from sync.tests.refusals import an_hour_passes
from sync.tests.reliability.scene import sync
from sync.tests.scratch_database import ScratchDatabase, scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

WRONG = "wrong-canary"


@pytest.fixture
def wrong_password(oracle: OracleSimulator, settings: Settings) -> OracleSimulator:
    """An Oracle with a record that the mirror has, which our password does not open any more."""
    oracle.serve([oracle_item(OptyId=1)])
    sync()
    oracle.forget_requests()
    settings.ORACLE_PASSWORD = WRONG
    return oracle


def test_what_a_former_version_remembered_is_heeded(
    wrong_password: OracleSimulator, settings: Settings
) -> None:
    login = ("basic", wrong_password.url, settings.ORACLE_USERNAME, WRONG)
    text = "".join(f"{len(each)}:{each}" for each in login)
    # Written down again: another salt would forget what installed systems remember.
    fingerprint = salted_hmac("sync.refused_login", text, algorithm="sha256").hexdigest()
    RefusedLogin.objects.create(fingerprint=fingerprint, refused_at=timezone.now(), advice="-")
    assert sync().status == SyncStatus.FAILED
    assert wrong_password.requests() == []


def verify_by_command() -> None:
    with suppress(SystemExit):
        call_command("sync_oracle", "--verify", stdout=StringIO(), stderr=StringIO())


def refresh_by_api() -> None:
    answer = any_user(roles=[Role.ADMINISTRATOR]).post("/api/oracle-opportunity/1")
    assert "ORACLE_PASSWORD" in answer.json()["stale_reason"]


def refresh_by_admin() -> None:
    row = Opportunity.objects.get()
    client = any_user(roles=[Role.ADMINISTRATOR])
    client.post(reverse("admin:sync_refresh_opportunity", args=[row.pk]))


def retry_by_admin() -> None:
    record = RejectedRecord.objects.first() or RejectedRecordFactory(remote_id="1")
    [(_, sentence)] = retry([record])
    assert "ORACLE_PASSWORD" in sentence


DOORS: list[Callable[[], object]] = [
    *(sync, nightly_sync, verify_by_command, refresh_by_api, refresh_by_admin, retry_by_admin)
]


def test_six_runs_with_a_wrong_password_ask_once(wrong_password: OracleSimulator) -> None:
    logs = [sync() for _ in range(6)]
    assert [log.status for log in logs] == [SyncStatus.FAILED] * 6
    assert [log.requests for log in logs] == [1, 0, 0, 0, 0, 0]
    assert [each["status"] for each in wrong_password.requests()] == [401]


def test_the_sentence_says_when_until_when_and_what_to_do(
    wrong_password: OracleSimulator,
) -> None:
    with time_machine.travel("2026-11-30 07:05Z", tick=False):
        sync()
    with time_machine.travel("2026-11-30 07:50Z", tick=False):
        message = sync().error_message
    assert "it refused this login at 2026-11-30 07:05 UTC, and until 08:05 UTC" in message
    assert "check ORACLE_USERNAME and ORACLE_PASSWORD" in message
    assert "locked refuses the right password, too, for up to an hour" in message
    assert message.endswith("run `manage.py check_oracle --try-again`.")


@pytest.mark.parametrize("first", DOORS, ids=lambda door: door.__name__)
def test_no_door_asks_after_another_was_refused(
    wrong_password: OracleSimulator, first: Callable[[], object]
) -> None:
    first()
    for door in DOORS:
        door()
    sync(dry_run=True)
    sync(only=("1",))
    assert [each["status"] for each in wrong_password.requests()] == [401]


def test_a_dry_run_is_remembered_as_well(wrong_password: OracleSimulator) -> None:
    for _ in range(3):
        sync(dry_run=True)
    assert len(wrong_password.requests()) == 1


def test_another_password_is_tried_at_once_and_the_old_one_stays_refused(
    wrong_password: OracleSimulator, settings: Settings
) -> None:
    sync()
    settings.ORACLE_PASSWORD = "simulator"
    assert sync().status == SyncStatus.SUCCESS
    settings.ORACLE_PASSWORD = WRONG
    assert sync().requests == 0


@pytest.mark.parametrize("what", ["user", "address"])
def test_another_user_or_another_oracle_is_another_login(
    wrong_password: OracleSimulator, settings: Settings, what: str
) -> None:
    sync()
    if what == "user":
        settings.ORACLE_USERNAME = "somebody-else"
    else:
        settings.ORACLE_BASE_URL = wrong_password.url.replace("127.0.0.1", "localhost")
    assert sync().requests == 1


def test_after_an_hour_it_is_tried_again(
    wrong_password: OracleSimulator, settings: Settings
) -> None:
    wrong_password.tenant("locked:after=0")
    settings.ORACLE_PASSWORD = "simulator"
    refused_at = timezone.now()
    assert sync().status == SyncStatus.FAILED
    wrong_password.tenant()
    with time_machine.travel(refused_at + timedelta(minutes=59)):
        assert sync().status == SyncStatus.FAILED
    with time_machine.travel(refused_at + timedelta(minutes=61)):
        assert sync().status == SyncStatus.SUCCESS
    assert not RefusedLogin.objects.exists()


def test_a_clock_that_was_put_back_keeps_nobody_out(wrong_password: OracleSimulator) -> None:
    sync()
    RefusedLogin.objects.update(refused_at=timezone.now() + timedelta(days=1))
    assert sync().requests == 1


def test_whoever_tries_again_asks_and_opens_the_way_for_all(
    oracle: OracleSimulator, settings: Settings
) -> None:
    oracle.tenant("locked:after=0")
    sync()
    oracle.tenant()
    config = conf.oracle_config()
    sign_in = sign_in_for(config)
    with heeding_refusals(sign_in, try_again=True):
        OracleClient(config, Attributes(conf.field_mapping().wanted), sign_in).by_id("1")
    assert sync().status == SyncStatus.SUCCESS


def test_a_further_refusal_begins_the_hour_anew(wrong_password: OracleSimulator) -> None:
    sync()
    an_hour_passes()
    before = RefusedLogin.objects.get().refused_at
    assert sync().requests == 1
    assert RefusedLogin.objects.get().refused_at > before
    assert len(wrong_password.requests()) == 2


@pytest.mark.parametrize("fault", ["forbidden", "html", "redirect", "not-found"])
def test_only_a_401_is_a_refused_login(oracle: OracleSimulator, fault: str) -> None:
    oracle.faults(fault)
    sync()
    assert not RefusedLogin.objects.exists()


def test_what_is_remembered_is_no_secret(
    wrong_password: OracleSimulator, settings: Settings
) -> None:
    sync()
    [kept] = RefusedLogin.objects.values_list("fingerprint", "advice")
    assert WRONG not in repr(kept)
    RefusedLogin.objects.all().delete()
    settings.SECRET_KEY = "another"
    sync()
    assert RefusedLogin.objects.get().fingerprint != kept[0]


def synced(database: ScratchDatabase, oracle: OracleSimulator) -> str:
    """What a process of its own says that comes with a wrong password."""
    ended = subprocess.run(
        [sys.executable, "manage.py", "sync_oracle"],
        env={
            **database.environment,
            **{"ORACLE_BASE_URL": oracle.url, "ORACLE_PASSWORD": WRONG},
        },
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    return ended.stderr


@pytest.mark.any_database
def test_processes_heed_what_another_was_told(oracle: OracleSimulator) -> None:
    with scratch_database() as database:
        payload = [synced(database, oracle) for _ in range(2)]
        rows = database.rows("SELECT * FROM refused_logins")
    assert payload[0].startswith("Oracle refused the login")
    assert payload[1].startswith("Oracle was not asked")
    assert len(oracle.requests()) == 1
    assert WRONG not in repr(rows)


def test_without_its_table_nothing_is_remembered_and_nothing_breaks(
    oracle: OracleSimulator,
) -> None:
    drop = "from django.db import connection; connection.cursor().execute('DROP TABLE {}')"
    with scratch_database() as database:
        database.manage("shell", "-c", drop.format(RefusedLogin._meta.db_table))
        payload = synced(database, oracle)
    assert "Oracle refused the login" in payload
    assert "Traceback" not in payload
    assert not SyncLog.objects.exists()
