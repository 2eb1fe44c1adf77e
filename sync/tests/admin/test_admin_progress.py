from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opportunities.access.roles import Role
from opportunities.models import Opportunity
from opportunities.tests.admin_clients import solution_architect, staff, text_of
from opportunities.tests.factories import OpportunityFactory
from sync.oracle.errors import OracleUnavailable
from sync.tests.factories import SyncLogFactory
from sync.tests.lock_elsewhere import sync_lock_elsewhere

pytestmark = pytest.mark.django_db
LIST = "/admin/sync/synclog/"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def told(browser=None):
    return (browser or solution_architect()).get(f"{LIST}status").json()


def test_a_running_sync_tells_its_page_its_records_and_its_rate():
    SyncLogFactory(
        is_running=True,
        started_at=NOW - timedelta(seconds=20),
        pages=4,
        total_fetched=2000,
        new_records=1500,
        updated_records=500,
    )
    with sync_lock_elsewhere(), time_machine.travel(NOW, tick=False):
        status = told()
    assert status["is_running"]
    assert status["words"] == (
        "Running for 20 s. Page 4, 2,000 records read: 1,500 new, 500 updated, 0 rejected, "
        "100 a second."
    )


def test_at_rest_it_tells_how_the_last_one_ended():
    SyncLogFactory(status="SUCCESS", completed_at=NOW - timedelta(hours=3))
    with time_machine.travel(NOW, tick=False):
        status = told()
    assert not status["is_running"]
    assert "ended 3\xa0hours ago: Success." in status["words"]


def test_at_rest_it_says_when_everything_is_read_again_and_asks_for_nothing_twice():
    SyncLogFactory(status="SUCCESS", sync_type="FULL", watermark=NOW, started_at=NOW)
    browser = solution_architect()
    told(browser)
    with time_machine.travel(NOW, tick=False), CaptureQueriesContext(connection) as queries:
        assert "The next full sync is due on 1 Dec 2026." in told(browser)["words"]
    of_runs = [each["sql"] for each in queries if '"sync_logs"' in each["sql"]]
    assert len(of_runs) == len(set(of_runs)) == 3


def test_the_list_of_runs_follows_a_sync_without_any_script_in_the_page():
    SyncLogFactory(status="SUCCESS")
    page = solution_architect().get(LIST)
    assert f'data-sync-status="{LIST}status"' in page.content.decode()
    assert "sync/progress.js" in page.content.decode()


def test_who_may_not_look_at_runs_is_refused_the_progress():
    assert staff("view_opportunity").get(f"{LIST}status").status_code == 403


def refreshed(deal, browser):
    return browser.post(f"{LIST}refresh/{deal.pk}", follow=True)


def test_a_refresh_that_fails_says_why_and_leaves_the_deal(monkeypatch):
    def fails(key):
        raise OracleUnavailable("Oracle does not answer.")

    monkeypatch.setattr("sync.admin.opportunity_panels.refresh_opportunity", fails)
    reader = staff("view_opportunity", "refresh_opportunity")
    page = refreshed(OpportunityFactory(), reader)
    assert "Oracle does not answer." in text_of(page)


def test_a_deal_out_of_sight_is_not_refreshed(settings):
    settings.RESTRICT_VISIBILITY = True
    deal = OpportunityFactory()
    Opportunity.objects.update(practice="SAP")
    lead = staff("view_opportunity", roles=[Role.LEAD], leads=["Cloud"])
    assert lead.post(f"{LIST}refresh/{deal.pk}").status_code == 404
    assert staff().post(f"{LIST}refresh/{deal.pk}").status_code == 403
    assert lead.get(f"{LIST}refresh/{deal.pk}").status_code == 405


def test_a_deal_links_to_its_record_in_oracle_where_the_address_is_known(settings):
    deal = OpportunityFactory(remote_id="300", opty_number="A/1")
    page = f"/admin/opportunities/opportunity/{deal.pk}/change/"
    settings.ORACLE_UI_URL = ""
    assert "Open in Oracle" not in text_of(solution_architect().get(page))
    settings.ORACLE_UI_URL = "https://crm.example.com/{opty_number}?id={opty_id}"
    shown = solution_architect().get(page).content.decode()
    assert 'href="https://crm.example.com/A%2F1?id=300"' in shown
