"""/metrics: who may read it, and that it tells what the database knows."""

import re
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from assessments.models import Decision
from assessments.tests.factories import SCREEN, architect, bid_manager, in_assessment, under_review
from opportunities.domain.states import Action
from opportunities.domain.states import WorkflowStatus as S
from opportunities.tests.factories import OpportunityFactory
from opportunities.workflow.transitions import apply_transition
from outbox.expanding import expand_due
from outbox.models import Delivery, DeliveryState, Event
from sync.models import Reconciliation, SyncStatus
from sync.tests.factories import RejectedRecordFactory, SyncLogFactory

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-watchers"


@pytest.fixture
def watched(settings):
    settings.METRICS_TOKEN = TOKEN


def read(**headers):
    return Client().get("/metrics", headers=headers or {"Authorization": f"Bearer {TOKEN}"})


def samples():
    """Return value by name and labels, as Prometheus reads them."""
    answer = read()
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.any_database
def test_where_nobody_may_read_them_there_is_no_such_page():
    assert read().status_code == 404


@pytest.mark.any_database
@pytest.mark.parametrize(
    "sent",
    [
        {"Accept": "*/*"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer another"},
        {"Authorization": "Bearer tökén"},
        {"Authorization": f"Token {TOKEN}"},
        {"Authorization": TOKEN},
    ],
)
def test_without_the_token_nothing_is_told(sent, watched):
    answer = read(**sent)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert b"bqs_" not in answer.content


@pytest.mark.any_database
def test_addresses_may_stand_for_a_token(settings):
    settings.METRICS_ADDRESSES = [ip_network("10.1.0.0/16")]
    refused = Client(REMOTE_ADDR="10.2.0.1").get("/metrics", headers={"Authorization": "Bearer "})
    assert (refused.status_code, b"bqs_" in refused.content) == (403, False)
    assert Client(REMOTE_ADDR="10.1.2.3").get("/metrics").status_code == 200


@pytest.mark.any_database
def test_a_client_cannot_name_a_listed_address_as_its_own(settings):
    settings.METRICS_ADDRESSES = [ip_network("10.1.0.0/16")]
    sent = {"X-Forwarded-For": "10.1.2.3"}
    assert Client(REMOTE_ADDR="10.2.0.1").get("/metrics", headers=sent).status_code == 403


@pytest.mark.any_database
def test_an_empty_database_has_series_as_well(watched):
    found = samples()
    assert len({name for name, *_ in found}) >= 25
    assert found["bqs_opportunities", S.NEW] == 0
    assert ("bqs_mirror_age_seconds",) not in found


def test_runs_are_told_by_status_with_what_they_did(watched):
    ended = timezone.now() - timedelta(hours=2)
    common = {"started_at": ended - timedelta(minutes=1), "completed_at": ended}
    SyncLogFactory(watermark=ended, **common)
    SyncLogFactory(
        status=SyncStatus.PARTIAL,
        removals_waiting=7,
        requests=31,
        total_fetched=5,
        new_records=5,
        completed_at=timezone.now(),
        started_at=timezone.now() - timedelta(minutes=2),
    )
    RejectedRecordFactory(sync_log=None)
    RejectedRecordFactory(sync_log=None, ignored_reason="never right")
    Reconciliation.objects.create(is_equal=True, figures=[], differing={})
    found = samples()
    assert found["bqs_mirror_age_seconds",] == pytest.approx(7200, abs=60)
    assert found["bqs_sync_last_run_status", "PARTIAL"] == 1
    assert found["bqs_sync_last_run_status", "SUCCESS"] == 0
    assert found["bqs_sync_runs", "SUCCESS"] == found["bqs_sync_runs", "PARTIAL"] == 1
    assert found["bqs_sync_last_run_records", "new_records"] == 5
    assert found["bqs_sync_last_run_requests",] == 31
    assert found["bqs_removals_waiting",] == 7
    assert found["bqs_quarantine_waiting",] == found["bqs_quarantine_ignored",] == 1
    assert found["bqs_certificate_equal",] == 1


def test_work_is_told_by_state_and_outcome(watched):
    late = timezone.now() - timedelta(days=1)
    OpportunityFactory(due_at=late)
    OpportunityFactory(due_at=timezone.now() + timedelta(days=9), is_reopened=True)
    in_assessment(to=architect())
    deal = in_assessment(to=architect(email="sa@example.com"))
    why = {"reason_code": "OFF_STRATEGY", "reason": "No"}
    apply_transition(deal, Action.QUICK_NO_BID, by=bid_manager(), **why, **SCREEN)
    expand_due()
    found = samples()
    assert found["bqs_opportunities", S.NEW] == 2
    assert found["bqs_clocks_overdue", S.NEW] == 1
    assert found["bqs_opportunities_reopened", S.NEW] == 1
    assert found["bqs_opportunities", S.IN_ASSESSMENT] == 1
    assert found["bqs_decisions", "NO_BID"] == Decision.objects.count() == 1
    assert found["bqs_assessments", "DRAFT"] == 1
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING).count()
    assert found["bqs_deliveries", DeliveryState.WAITING] == waiting > 0
    assert found["bqs_deliveries_oldest_late_seconds",] > 0
    assert found["bqs_events_oldest_waiting_seconds",] == 0


@pytest.mark.parametrize(
    ("due_in", "tries", "failure", "late"),
    [(1, 0, "", 0), (-1, 1, "", 0), (-1, 1, "421", 3600)],
    ids=["quiet hours", "a first try under way", "failing"],
)
def test_a_message_is_late_from_when_it_was_to_go(watched, due_in, tries, failure, late):
    now, hour = timezone.now(), timedelta(hours=1)
    event = Event.objects.create(name="sync.finished", at=now - hour)
    of_a_try = {"tries": tries, "last_failure": failure, "next_try_at": now + hour}
    Delivery.objects.create(event=event, due_at=now + due_in * hour, **of_a_try)
    found = samples()
    assert found["bqs_deliveries_oldest_late_seconds",] == pytest.approx(late, abs=60)
    assert found["bqs_events_oldest_waiting_seconds",] == pytest.approx(3600, abs=60)


def test_a_scrape_asks_the_database_as_often_however_much_there_is(
    watched, django_assert_num_queries
):
    under_review(in_assessment(to=architect()))
    for _ in range(3):
        SyncLogFactory(watermark=timezone.now(), removals_waiting=0)
        OpportunityFactory()
    with django_assert_num_queries(16):
        read()


@pytest.mark.any_database
def test_requests_are_timed_by_the_name_of_their_address(watched):
    OpportunityFactory()
    Client().get("/api/opportunities/123456?q=Secretword")
    Client().get("/no/such/page-98765", headers={"Accept": "text/html"})
    read()
    answer = read().content.decode()
    counted = 'bqs_http_request_seconds_count{method="GET",route="opportunity-detail",status="4xx"}'
    assert counted in answer
    assert 'route="metrics"' in answer
    # The times themselves may have any digits.
    labels = " ".join(re.findall(r'="([^"]*)"', answer))
    for word in ("123456", "98765", "Secretword"):
        assert word not in labels
