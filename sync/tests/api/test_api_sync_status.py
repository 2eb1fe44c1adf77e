from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import OpportunityFactory, UserFactory
from sync.tests.factories import RejectedRecordFactory, SyncLogFactory
from sync.tests.lock_elsewhere import sync_lock_elsewhere

pytestmark = pytest.mark.django_db
URL = "/api/sync-status"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def status():
    answer = any_user().get(URL)
    assert answer.status_code == 200
    return answer.json()


def test_before_the_first_run_there_is_nothing_and_no_error():
    answer = status()
    assert (answer["is_running"], answer["running"], answer["last_run"]) == (False, None, None)
    assert (answer["last_success"], answer["last_success_age_seconds"]) == (None, None)


def test_the_running_run_is_told_apart_from_the_last_one():
    last = SyncLogFactory()
    running = SyncLogFactory(is_running=True, user=UserFactory(username="ada"))
    with sync_lock_elsewhere():
        answer = status()
    assert (answer["is_running"], answer["running"]["id"]) == (True, str(running.pk))
    assert answer["running"]["user"]["name"] == "ada"
    assert (answer["running"]["is_interrupted"], answer["last_run"]["id"]) == (False, str(last.pk))


def test_a_run_whose_process_died_is_not_running_but_interrupted():
    SyncLogFactory()
    dead = SyncLogFactory(is_running=True)
    answer = status()
    assert (answer["is_running"], answer["running"]) == (False, None)
    assert (answer["last_run"]["id"], answer["last_run"]["is_interrupted"]) == (str(dead.pk), True)


def test_a_failure_after_a_success_shows_both_and_the_age_of_the_success():
    success = SyncLogFactory(completed_at=NOW - timedelta(hours=2))
    failure = SyncLogFactory(status="FAILED", error_message="Oracle refused the login.")
    with time_machine.travel(NOW, tick=False):
        answer = status()
    assert (answer["last_success"]["id"], answer["last_success_age_seconds"]) == (
        str(success.pk),
        7200,
    )
    assert answer["last_run"]["id"] == str(failure.pk)
    assert answer["last_run"]["error_message"] == "Oracle refused the login."


def test_the_counts_add_up():
    OpportunityFactory.create_batch(3)
    OpportunityFactory.create_batch(2, workflow_status="CLOSED_IN_CRM")
    OpportunityFactory(workflow_status="CLOSED_IN_CRM", removed_in_crm_at=NOW)
    RejectedRecordFactory.create_batch(4)
    RejectedRecordFactory(ignored_reason="a test record of sales")
    RejectedRecordFactory(resolved=True)
    assert status()["counts"] == {
        "total": 6,
        "open": 3,
        "closed": 2,
        "removed": 1,
        "rejected_awaiting": 4,
    }


def test_removals_that_wait_are_counted_until_a_full_run_looked_again():
    assert status()["removals_waiting"] == 0
    log = SyncLogFactory(status="PARTIAL", sync_type="FULL", removals_waiting=30)
    SyncLogFactory()
    assert status()["removals_waiting"] == 30
    assert any_user().get(f"/api/sync-history/{log.pk}").json()["removals_waiting"] == 30
    SyncLogFactory(sync_type="FULL", removals_waiting=0)
    assert status()["removals_waiting"] == 0


def test_times_are_in_utc_with_a_z():
    SyncLogFactory(started_at=NOW)
    assert status()["last_run"]["started_at"] == "2026-11-24T09:30:00Z"


def test_many_runs_and_records_cost_no_more_queries_than_few(django_assert_max_num_queries):
    client = any_user()
    client.get(URL)
    counts = []
    for many in (3, 60):
        OpportunityFactory.create_batch(many, assigned_sa=UserFactory())
        for _ in range(many):
            SyncLogFactory(user=UserFactory())
            RejectedRecordFactory()
        # On PostgreSQL the lock of a running sync is one more question.
        most = 10 if connection.vendor == "postgresql" else 9
        with django_assert_max_num_queries(most) as queries:
            client.get(URL)
        counts.append(len(queries))
    assert counts[0] == counts[1]
