"""Workers: they deliver, leave signs, take turns with jobs, and survive what fails."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bqs.health.checks import operation_problems
from outbox import jobs, working
from outbox.channels import NotDelivered
from outbox.jobs import Job, run_due_jobs
from outbox.models import Delivery, Event, WorkerSign
from outbox.pruning import prune
from outbox.signs import FRESH
from outbox.tests.channels import registered, to
from outbox.working import Worker
from outbox.writing import record
from sync.models import SyncLog, Trigger
from sync.schedule import queued
from sync.schedule.queued import start_sync

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def paper():
    with registered(to("a")) as paper:
        yield paper


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def own_jobs(monkeypatch):
    monkeypatch.setattr(jobs, "jobs", [])
    return jobs.jobs


def causes():
    return {problem.cause for problem in operation_problems()} & {
        "no_worker",
        "deliveries_given_up",
    }


def test_a_batch_delivers_what_waits_and_ends(paper):
    record("test.happened")
    call_command("worker", "--batch", stdout=(out := StringIO()))
    assert paper.targets == ["a"]
    assert out.getvalue() == "Delivered: 1, failed: 0.\n"
    assert WorkerSign.objects.count() == 1


def test_a_worker_goes_on_when_the_database_was_away(paper, monkeypatch, caplog):
    worker, rounds = Worker(), []

    def work_once():
        rounds.append(1)
        if len(rounds) == 1:
            raise OperationalError("gone")
        worker.stop()

    monkeypatch.setattr(worker, "work_once", work_once)
    monkeypatch.setattr(working, "SIGN_EVERY_S", 0)
    monkeypatch.setattr(working.connection, "close", lambda: None)
    worker.run(interval_s=0)
    assert len(rounds) == 2
    assert "gone" in caplog.text


def test_a_worker_that_is_told_to_stop_takes_nothing_more(paper):
    record("test.happened")
    worker = Worker()
    worker.stop()
    assert start_sync.enqueue(None, None, None).status == "READY"
    worker.work_once()
    assert paper.targets == []
    assert Event.objects.filter(expanded_at=None).exists()
    assert DBTaskResult.objects.ready().exists()


# The worker of the tasks ends connections that are too old by this clock.
@pytest.mark.django_db(transaction=True)
def test_a_task_whose_worker_was_killed_is_run_by_another(paper, clock, monkeypatch):
    ran = []
    monkeypatch.setattr(queued, "launch_sync", lambda **order: ran.append(order) or SyncLog(pk=7))
    start_sync.enqueue(Trigger.API, None, None)
    DBTaskResult.objects.get().claim("killed")
    Worker().work_once()
    assert not ran
    clock.shift(FRESH + timedelta(seconds=1))
    Worker().work_once()
    assert len(ran) == 1
    assert DBTaskResult.objects.get().return_value == {"log": 7}


def test_what_a_person_asks_for_waits_for_no_backlog(paper, monkeypatch):
    seen = []
    monkeypatch.setattr(working, "run_queued_tasks", lambda: seen.append(len(paper.delivered)))
    for _ in range(2):
        record("test.happened")
    Worker().work_once()
    assert {0, 1, 2} <= {*seen}


def test_without_a_worker_health_says_so_once_something_waits(paper, clock):
    assert causes() == set()
    record("test.happened")
    assert causes() == set()
    clock.shift(timedelta(seconds=100))
    assert causes() == {"no_worker"}
    Worker().work_once()
    assert causes() == set()
    clock.shift(timedelta(hours=1))
    assert causes() == set()


def test_health_tells_what_was_given_up_for_a_day(paper, clock):
    paper.failures["a"] = [NotDelivered("410 gone", is_final=True)]
    record("test.happened")
    Worker().work_once()
    assert causes() == {"deliveries_given_up"}
    clock.shift(timedelta(days=1))
    assert causes() == set()


def test_a_job_runs_once_in_its_time_however_many_workers_there_are(own_jobs, clock):
    ran = []
    own_jobs.append(Job("count", timedelta(minutes=5), lambda: ran.append(timezone.now())))
    for _ in range(3):
        run_due_jobs()
    assert ran == [NOON]
    clock.shift(timedelta(minutes=5))
    run_due_jobs()
    assert len(ran) == 2


def test_a_job_that_fails_keeps_no_other_from_its_turn(own_jobs, caplog):
    ran = []
    own_jobs.append(Job("fail", timedelta(minutes=5), lambda: 1 / 0))
    own_jobs.append(Job("work", timedelta(minutes=5), lambda: ran.append(1)))
    run_due_jobs()
    assert ran == [1]
    assert "Job fail failed" in caplog.text


def test_jobs_that_are_not_due_cost_a_query_each(own_jobs, django_assert_num_queries):
    own_jobs.append(Job("rest", timedelta(minutes=5), lambda: None))
    run_due_jobs()
    with django_assert_num_queries(1):
        run_due_jobs()


def test_what_was_delivered_long_ago_is_forgotten_and_what_waits_is_not(paper, clock, settings):
    settings.SYNC_HISTORY_DAYS = 30
    paper.failures["a"] = [NotDelivered("later")]
    record("test.happened", deal="1")
    Worker().work_once()
    record("test.happened", deal="2")
    Worker().work_once()
    clock.shift(timedelta(days=31))
    prune()
    assert list(Event.objects.values_list("deal", flat=True)) == ["1"]
    assert Delivery.objects.count() == 1


def test_what_was_told_is_known_for_a_week_however_short_the_history(paper, clock, settings):
    settings.SYNC_HISTORY_DAYS = 1
    record("test.happened", source="clock:1")
    Worker().work_once()
    clock.shift(timedelta(days=6))
    prune()
    assert Event.objects.count() == 1
    clock.shift(timedelta(days=2))
    prune()
    assert not Event.objects.exists()


def test_tasks_that_ended_long_ago_are_forgotten_and_queued_ones_are_not(clock, settings):
    settings.SYNC_HISTORY_DAYS = 30
    for _ in range(2):
        start_sync.enqueue(None, None, None)
    DBTaskResult.objects.first().set_failed(ValueError())
    clock.shift(timedelta(days=31))
    prune()
    assert DBTaskResult.objects.get().status == "READY"
