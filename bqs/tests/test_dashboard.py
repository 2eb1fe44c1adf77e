import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from opportunities.tests.admin_clients import (
    administrator,
    queries_of,
    solution_architect,
    staff,
    text_of,
)
from opportunities.tests.factories import OpportunityFactory
from sync.tests.factories import RejectedRecordFactory, SyncLogFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def overview(browser=None):
    return text_of((browser or solution_architect()).get("/admin/")).replace("\xa0", " ")


@time_machine.travel(NOW, tick=False)
def test_the_overview_tells_how_old_the_mirror_is():
    SyncLogFactory(started_at=NOW - timedelta(days=1, hours=3, seconds=30), watermark=NOW)
    assert "1 day, 3 hours ago Last complete sync: 23 Nov 2026, 06:30" in overview()


def test_before_the_first_sync_the_overview_says_so():
    assert "Not synced yet" in overview()


def test_the_last_failure_is_told_with_its_reason():
    SyncLogFactory(status="FAILED", error_message="Oracle refused the login.", started_at=NOW)
    SyncLogFactory(status="FAILED", error_message="older", started_at=NOW - timedelta(days=1))
    assert "Last failure: 24 Nov 2026, 09:30 – Oracle refused the login." in overview()


def test_each_status_leads_to_as_many_opportunities_as_it_says():
    OpportunityFactory.create_batch(2, workflow_status="IN_REVIEW")
    OpportunityFactory(workflow_status="IN_REVIEW", removed_in_crm_at=NOW)
    OpportunityFactory()
    browser = solution_architect()
    page = browser.get("/admin/").content.decode()
    found = re.search(r'href="([^"]+)">In review</a>\s*<span>(\d+)</span>', page)
    assert found
    assert found[2] == "3"
    assert browser.get(found[1]).context["cl"].result_count == 3


def test_rejected_records_that_wait_for_somebody_are_counted():
    RejectedRecordFactory.create_batch(2)
    RejectedRecordFactory(ignored_reason="a test")
    RejectedRecordFactory(resolved=True)
    assert "Rejected records 2 open" in overview()


def test_each_sees_what_they_may_see():
    SyncLogFactory(status="FAILED", error_message="Oracle refused the login.")
    page = overview(staff("view_opportunity"))
    assert "Opportunities by status" in page
    assert "Mirror of Oracle" not in page
    assert "Rejected records" not in page
    assert "refused" not in page
    assert "Opportunities by status" not in overview(staff("view_synclog"))


def test_more_of_everything_costs_no_more_queries():
    browser = solution_architect()
    few = len(queries_of(browser, "/admin/"))
    OpportunityFactory.create_batch(20)
    SyncLogFactory.create_batch(5, status="FAILED")
    RejectedRecordFactory.create_batch(5)
    assert len(queries_of(browser, "/admin/")) == few


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/opportunities/opportunity/",
        "/admin/sync/synclog/",
        "/admin/sync/rejectedrecord/",
        "/admin/auth/user/",
    ],
)
def test_no_page_loads_anything_from_outside(address):
    page = administrator().get(address).content.decode()
    assert page.count("/static/unfold/") > 3
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', page) == []
