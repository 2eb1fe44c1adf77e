"""Syncs started from the web: with real processes where it is about processes."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from opportunities.access.roles import Role
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import UserFactory
from outbox.signs import leave_sign
from sync.models import SyncLog, Trigger
from sync.schedule import launch, queued
from sync.tests.factories import SyncLogFactory
from sync.tests.lock_elsewhere import sync_lock_elsewhere
from sync.tests.scratch_database import scratch_database
from sync.tests.simulator_process import OracleSimulator
from sync.tests.web_server import WebServer
from sync.tests.worker_process import worker_on

URL = "/api/sync-database"
LATENCY_MS = 700


@pytest.fixture
def job_log(settings, tmp_path):
    # A task runs at once, as if a worker had waited for it.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.SYNC_JOB_LOG = tmp_path / "logs" / "sync.log"
    return settings.SYNC_JOB_LOG


def operator():
    return client_of(UserFactory(permissions=["trigger_sync"]))


def sync_becomes(settings, folder, script):
    """Have launches start this script instead of the project's manage.py."""
    settings.BASE_DIR = folder
    (folder / "manage.py").write_text(f"import os, sys, time\n{script}\n")


def eventually(what, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError(f"It did not happen within {seconds} s.")


@pytest.mark.django_db
def test_who_lacks_the_permission_is_told_which():
    answer = any_user().post(URL)
    assert (answer.status_code, answer.json()["code"]) == (403, "no_right")
    assert "Can start a sync" in answer.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("body", [{"sync_type": "HALF"}, {"sync_type": 5}, ["FULL"]])
def test_an_order_that_makes_no_sense_starts_nothing(body, job_log):
    answer = operator().post(URL, body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not job_log.exists()


@pytest.mark.django_db
def test_while_a_sync_runs_another_is_refused_with_the_running_one(job_log):
    running = SyncLogFactory(is_running=True)
    with sync_lock_elsewhere():
        answer = operator().post(URL)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_running")
    assert answer.json()["running"]["id"] == str(running.pk)
    assert not job_log.exists()


@pytest.mark.django_db
def test_a_sync_that_another_start_has_overtaken_is_refused_too(settings, tmp_path, job_log):
    sync_becomes(settings, tmp_path, "sys.exit(75)")
    answer = operator().post(URL)
    assert (answer.status_code, answer.json()["running"]) == (409, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("The disk is full.", "The disk is full."),
        ('{"message": "The disk is full."}', "The disk is full."),
        ("{no JSON}", "{no JSON}"),
    ],
)
def test_a_sync_that_cannot_start_says_why_in_its_last_sentence(
    settings, tmp_path, job_log, line, detail
):
    job_log.parent.mkdir()
    job_log.write_text("Traceback of the run before\n")
    sync_becomes(settings, tmp_path, f"sys.exit({f'starting{chr(10)}{line}'!r})")
    answer = operator().post(URL)
    assert (answer.status_code, answer.json()["code"]) == (503, "launch_failed")
    assert answer.json()["detail"] == detail


@pytest.mark.django_db
@pytest.mark.parametrize("script", ["raise ValueError('pa55word')", "os._exit(3)"])
def test_neither_a_traceback_nor_silence_is_shown_to_people(settings, tmp_path, job_log, script):
    sync_becomes(settings, tmp_path, script)
    client = client_of(UserFactory(roles=[Role.ADMINISTRATOR], permissions=["trigger_sync"]))
    detail = client.post(URL).json()["detail"]
    assert "pa55word" not in detail
    assert "Traceback" not in detail
    assert str(job_log) in detail


@pytest.mark.django_db
def test_a_sync_that_never_begins_is_not_waited_for_for_ever(
    settings, tmp_path, job_log, monkeypatch
):
    monkeypatch.setattr(launch, "START_TIMEOUT_S", 0.5)
    sync_becomes(settings, tmp_path, "print(os.getpid(), flush=True); time.sleep(60)")
    with pytest.raises(launch.LaunchFailed, match="did not begin within"):
        launch.launch_sync(trigger=Trigger.ADMIN, user_id=None)
    os.kill(int(job_log.read_text()), signal.SIGKILL)


@pytest.mark.django_db
def test_an_old_log_with_the_same_process_number_is_not_taken_for_the_new_one(
    settings, tmp_path, job_log
):
    sync_becomes(settings, tmp_path, "sys.exit('no')")
    SyncLog.objects.bulk_create(
        SyncLogFactory.build(process_id=number) for number in range(os.getpid(), os.getpid() + 500)
    )
    with pytest.raises(launch.LaunchFailed):
        launch.launch_sync(trigger=Trigger.ADMIN, user_id=None)


@pytest.mark.django_db
def test_without_a_worker_the_sync_is_queued_and_says_so():
    client = client_of(UserFactory(roles=[Role.ADMINISTRATOR], permissions=["trigger_sync"]))
    answer = client.post(URL)
    assert (answer.status_code, answer.json()["code"]) == (503, "still_queued")
    assert "no worker runs" in answer.json()["detail"]
    assert DBTaskResult.objects.ready().count() == 1


@pytest.mark.django_db
def test_while_every_worker_is_busy_the_request_does_not_wait_for_ever(monkeypatch):
    monkeypatch.setattr(queued, "LONGEST_WAIT_S", 0)
    leave_sign()
    answer = operator().post(URL)
    assert (answer.status_code, answer.json()["code"]) == (503, "still_queued")


@pytest.mark.postgres_by_day
def test_a_sync_survives_the_sudden_death_of_web_server_and_worker(tmp_path):
    with scratch_database() as database, OracleSimulator("--rows", "1200") as oracle:
        oracle.latency(LATENCY_MS)
        with site(database, oracle, tmp_path) as web:
            started = web.post(URL, {"sync_type": "FULL"})
            assert (started.status_code, started.json()["status"]) == (202, "RUNNING")
            watched = web.get(started.headers["Location"]).json()
            assert (watched["id"], watched["user"]["name"]) == (started.json()["id"], "admin")
            assert web.get("/api/sync-status").json()["running"]["trigger"] == "API"
            refused = web.post(URL)
            assert (refused.status_code, refused.json()["running"]["id"]) == (409, watched["id"])
            web.kill()
            os.killpg(web.worker.pid, signal.SIGKILL)
            assert database.rows("SELECT status FROM sync_logs") == [("RUNNING",)]
        eventually(lambda: database.rows("SELECT id FROM sync_logs WHERE status = 'SUCCESS'"))
        assert database.rows("SELECT count(*) FROM opportunities") == [(1200,)]


@pytest.mark.any_database
def test_a_finished_sync_leaves_no_zombie_in_the_worker(tmp_path):
    with (
        scratch_database() as database,
        OracleSimulator("--rows", "3") as oracle,
        site(database, oracle, tmp_path) as web,
    ):
        run = web.post(URL)
        assert run.status_code == 202, run.text
        eventually(lambda: web.get(run.headers["Location"]).json()["status"] == "SUCCESS")
        ((pid,),) = database.rows("SELECT process_id FROM sync_logs")
        eventually(lambda: not Path(f"/proc/{pid}").exists(), seconds=5)
        assert web.get("/api/sync-status").status_code == 200


@pytest.mark.postgres_by_day
def test_of_several_starts_at_once_exactly_one_becomes_a_sync(tmp_path):
    with scratch_database() as database, OracleSimulator("--rows", "600") as oracle:
        oracle.latency(LATENCY_MS)
        with site(database, oracle, tmp_path) as web, ThreadPoolExecutor(3) as crowd:
            answers = list(crowd.map(lambda _: web.post(URL).status_code, range(3)))
    assert sorted(answers) == [202, 409, 409]


@contextmanager
def site(database, oracle, folder):
    settings = {"ORACLE_BASE_URL": oracle.url, "SYNC_JOB_LOG": str(folder / "logs" / "sync.log")}
    with worker_on(database, **settings) as worker, WebServer(database, **settings) as web:
        web.worker = worker
        yield web
