"""One run in detail, how far the running one is, and what did not go in."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from opportunities.access.roles import Role
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from sync.models import Reconciliation, SyncType
from sync.tests.crontabs import crontab_of
from sync.tests.factories import OpportunityChangeFactory, RejectedRecordFactory, SyncLogFactory
from sync.tests.lock_elsewhere import sync_lock_elsewhere

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_a_run_in_detail_counts_what_it_rejected_and_changed():
    run = SyncLogFactory(unmapped_attributes=["Region_c"])
    RejectedRecordFactory.create_batch(2, sync_log=run)
    OpportunityChangeFactory.create_batch(3, sync_log=run)
    OpportunityChangeFactory()
    answer = any_user().get(f"/api/sync-history/{run.pk}").json()
    assert (answer["rejected_count"], answer["changed_count"]) == (2, 3)
    assert answer["unmapped_attributes"] == ["Region_c"]


def test_rejected_records_are_for_those_who_may_see_crm_data_of_anybody():
    run = SyncLogFactory()
    mine = RejectedRecordFactory(sync_log=run, payload={"OptyId": "1"})
    RejectedRecordFactory(ignored_reason="Test data")
    may = client_of(UserFactory(permissions=["view_rejectedrecord"]))
    of_run = f"/api/sync-history/{run.pk}/rejected"
    (row,) = may.get(of_run).json()["results"]
    assert (row["id"], row["payload"], row["sync_id"]) == (
        str(mine.pk),
        {"OptyId": "1"},
        str(run.pk),
    )
    awaiting = may.get("/api/rejected-records", {"awaiting": "true"}).json()
    assert [each["id"] for each in awaiting["results"]] == [str(mine.pk)]
    assert may.get("/api/rejected-records", {"awaiting": "false"}).json()["count"] == 1
    assert may.get("/api/sync-history/999/rejected").status_code == 404
    for address in (of_run, "/api/rejected-records", "/api/reconciliations"):
        assert any_user(permissions=["view_opportunity"]).get(address).status_code == 403


def test_certificates_can_be_read():
    Reconciliation.objects.create(is_equal=False, figures=[{"currency": "EUR"}], differing={"1": 2})
    may = client_of(UserFactory(permissions=["view_reconciliation"]))
    (row,) = may.get("/api/reconciliations").json()["results"]
    assert (row["is_equal"], row["figures"], row["differing"]) == (
        False,
        [{"currency": "EUR"}],
        {"1": 2},
    )


# --- progress ----------------------------------------------------------------------------------


def progress(**headers):
    return any_user().get("/api/sync-progress", headers=headers)


def test_before_the_first_run_there_is_no_progress():
    assert progress().json() == {
        "is_running": False,
        "run": None,
        "elapsed_seconds": None,
        "rows_per_second": None,
        "expected_rows": None,
        "seconds_left": None,
    }


def test_a_full_sync_tells_its_rate_and_the_time_left():
    OpportunityFactory.create_batch(4)
    begun = NOW - timedelta(seconds=10)
    SyncLogFactory(is_running=True, sync_type=SyncType.FULL, total_fetched=2, started_at=begun)
    with time_machine.travel(NOW, tick=False), sync_lock_elsewhere():
        answer = progress().json()
    assert (answer["is_running"], answer["run"]["total_fetched"]) == (True, 2)
    assert (answer["elapsed_seconds"], answer["rows_per_second"]) == (10, "0.2")
    assert (answer["expected_rows"], answer["seconds_left"]) == (4, 10)


def test_asking_again_costs_nothing_until_something_moved():
    log = SyncLogFactory(is_running=True, pages=1)
    with sync_lock_elsewhere():
        etag = progress().headers["ETag"]
        same = progress(**{"If-None-Match": etag})
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
        log.pages = 2
        log.save()
        assert progress(**{"If-None-Match": etag}).status_code == 200
    assert progress(**{"If-None-Match": etag}).json()["is_running"] is False


@pytest.mark.parametrize(("hours", "word"), [(1, "fresh"), (30, "stale"), (60, "old")])
def test_the_status_tells_how_fresh_the_mirror_is(hours, word, settings, tmp_path):
    crontab_of(settings, tmp_path)
    SyncLogFactory(watermark=NOW, completed_at=NOW - timedelta(hours=hours))
    with time_machine.travel(NOW, tick=False):
        assert any_user().get("/api/sync-status").json()["freshness"] == word


def test_starting_a_sync_and_asking_oracle_have_a_limit_of_their_own(monkeypatch):
    from django.core.cache import cache
    from rest_framework.throttling import ScopedRateThrottle

    cache.clear()
    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "sync", "1/min")
    client = client_of(UserFactory(roles=[Role.BID_MANAGER]))
    key = OpportunityFactory().remote_id
    codes = [client.post(f"/api/oracle-opportunity/{key}").status_code for _ in "12"]
    assert codes == [200, 429]
    assert client.get(f"/api/oracle-opportunity/{key}").status_code == 200
    assert client.post("/api/sync-database", {}).status_code == 429
    cache.clear()
