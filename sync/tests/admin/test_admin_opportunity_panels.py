from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from opportunities.tests.admin_clients import queries_of, solution_architect, staff, text_of
from opportunities.tests.factories import OpportunityFactory
from sync.tests.factories import OpportunityChangeFactory, RejectedRecordFactory, SyncLogFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def address(deal):
    return f"/admin/opportunities/opportunity/{deal.pk}/change/"


def page_of(deal, browser=None):
    return text_of((browser or solution_architect()).get(address(deal)))


@pytest.mark.parametrize(
    ("field", "old", "new", "told"),
    [
        ("stage", "Discovery", "Proposal", "Sales stage Discovery → Proposal"),
        ("deal_value", None, "1250000.00", "Value – → 1,250,000"),
        ("win_probability", "40.00", "62.50", "Win probability 40% → 62.50%"),
        ("close_date", "2027-03-31", None, "Close date 31 Mar 2027 → –"),
        ("workflow_status", "IN_REVIEW", "CLOSED_IN_CRM", "In review → Closed in CRM"),
        ("crm_created_at", None, "2026-11-01T08:30:00+00:00", "– → 1 Nov 2026, 08:30"),
        ("extra.Sector_c", "Rail", "Air", "Sector_c Rail → Air"),
        ("name", "A <b>", "B", "Opportunity A &lt;b&gt; → B"),
    ],
)
def test_a_change_is_told_in_words(field, old, new, told):
    change = OpportunityChangeFactory(field=field, old=old, new=new)
    assert told in page_of(change.opportunity)


def test_changes_come_newest_first():
    deal = OpportunityFactory()
    for day, stage in ((1, "first"), (3, "third"), (2, "second")):
        at = datetime(2026, 11, day, tzinfo=UTC)
        OpportunityChangeFactory(opportunity=deal, old=None, new=stage, at=at)
    page = page_of(deal)
    assert page.index("third") < page.index("second") < page.index("first")


def test_only_the_latest_changes_are_listed_and_the_total_is_told():
    deal = OpportunityFactory()
    OpportunityChangeFactory.create_batch(51, opportunity=deal)
    page = page_of(deal)
    assert "the latest 50 of 51" in page
    assert page.count("Discovery → Proposal") == 50


def test_more_changes_cost_no_more_queries():
    deal, browser = OpportunityFactory(), solution_architect()
    OpportunityChangeFactory(opportunity=deal)
    few = len(queries_of(browser, address(deal)))
    OpportunityChangeFactory.create_batch(20, opportunity=deal)
    assert len(queries_of(browser, address(deal))) == few


def test_a_change_leads_to_its_sync_where_one_may_see_it():
    change = OpportunityChangeFactory()
    link = f"/admin/sync/synclog/{change.sync_log_id}/change/"
    assert link in solution_architect().get(address(change.opportunity)).content.decode()
    onlooker = staff("view_opportunity")
    assert link not in onlooker.get(address(change.opportunity)).content.decode()
    assert str(change.sync_log) in page_of(change.opportunity, onlooker)


def test_a_change_outside_any_sync_was_a_refresh_on_demand():
    change = OpportunityChangeFactory(sync_log=None)
    assert "refreshed on demand" in page_of(change.opportunity)


def test_a_deal_without_changes_says_so():
    assert "Nothing has changed since it was first seen." in page_of(OpportunityFactory())


@time_machine.travel(NOW, tick=False)
def test_a_deal_says_when_it_was_last_compared_with_oracle():
    SyncLogFactory(status="PARTIAL", started_at=NOW - timedelta(hours=2, seconds=30), watermark=NOW)
    SyncLogFactory(started_at=NOW - timedelta(minutes=5), watermark=None)
    page = page_of(OpportunityFactory()).replace("\xa0", " ")
    assert "Synced 2 hours ago" in page


def test_before_the_first_complete_sync_nothing_is_confirmed():
    SyncLogFactory(watermark=None)
    assert "No full sync has succeeded yet" in page_of(OpportunityFactory())


def test_a_deal_whose_newest_version_was_rejected_says_so():
    deal = OpportunityFactory()
    resolved = RejectedRecordFactory(remote_id=deal.remote_id, resolved=True)
    assert "could not be imported" not in page_of(deal)
    resolved.delete()
    RejectedRecordFactory(remote_id=deal.remote_id, field="Revenue", reason="is text")
    assert "could not be imported: Revenue is text" in page_of(deal)
