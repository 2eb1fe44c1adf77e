from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.models.signals import pre_save
from django.test.utils import CaptureQueriesContext

from opportunities.access.roles import Role
from opportunities.models import Opportunity
from opportunities.tests.admin_clients import (
    SA_PERMISSIONS,
    bid_manager,
    browser_of,
    solution_architect,
    staff,
    text_of,
)
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.html_pages import Page

pytestmark = pytest.mark.django_db


LIST = "/admin/opportunities/opportunity/"


def address(deal):
    return f"{LIST}{deal.pk}/change/"


def opened(deal, browser=None):
    """What the form of the page would send unchanged; nothing where there is none."""
    forms = Page((browser or bid_manager()).get(address(deal))).forms
    return next((form.sent for form in forms if "sa_notes" in form.sent), {})


def save(deal, form, browser=None, **edits):
    return (browser or bid_manager()).post(address(deal), {**form, **edits})


def test_only_what_people_own_can_be_edited():
    page = bid_manager().get(address(OpportunityFactory()))
    assert tuple(page.context["adminform"].form.fields) == ("bid_due_on", "priority", "sa_notes")


def test_what_the_crm_says_is_shown_and_marked_as_its_own():
    deal = OpportunityFactory(
        extra={"Sector_c": "Rail", "Tags_c": ["A", "B"], "Big_c": True, "Due_c": None}
    )
    page = text_of(solution_architect().get(address(deal)))
    assert "From Oracle CRM – read only, refreshed by every sync" in page
    assert "EUR 1,250,000" in page
    for shown in ("Ana Silva", "31 Mar 2027", "Sector_c Rail", "Tags_c A, B", "Big_c yes"):
        assert shown in page


def test_an_attribute_of_the_crm_is_escaped():
    deal = OpportunityFactory(extra={"<b>": "<script>"})
    page = solution_architect().get(address(deal)).content
    assert b"<dt>&lt;b&gt;</dt> <dd>&lt;script&gt;</dd>" in page


def test_what_people_write_is_saved_and_stands_in_the_trail():
    deal = OpportunityFactory()
    save(deal, opened(deal), bid_due_on="2027-02-01", sa_notes="Call them.")
    deal.refresh_from_db()
    assert (deal.bid_due_on, deal.sa_notes) == (date(2027, 2, 1), "Call them.")
    assert set(deal.events.values_list("action", "channel")) == {
        ("NOTES", "SCREEN"),
        ("BID_DUE", "SCREEN"),
    }


def test_an_sa_writes_on_own_deals_only():
    me = UserFactory(is_staff=True, permissions=SA_PERMISSIONS, roles=[Role.SA])
    mine, other = OpportunityFactory(assigned_sa=me), OpportunityFactory()
    save(mine, opened(mine, browser_of(me)), browser_of(me), sa_notes="Mine.")
    assert browser_of(me).post(address(other), {"sa_notes": "x"}).status_code == 403
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.sa_notes, other.sa_notes) == ("Mine.", "")


def test_an_opportunity_out_of_sight_has_no_page(settings):
    settings.RESTRICT_VISIBILITY = True
    mine, other = OpportunityFactory(practice="Cloud"), OpportunityFactory(practice="Rail")
    browser = solution_architect(roles=[Role.SA], practices=["Cloud"])
    assert browser.get(address(mine)).status_code == 200
    assert browser.get(address(other)).status_code == 302
    assert "0 opportunities" in text_of(browser.get(f"{LIST}?q={other.opty_number}"))


def test_a_value_of_the_crm_sent_by_hand_is_not_saved():
    deal = OpportunityFactory(name="Theirs")
    save(deal, opened(deal), name="Mine", deal_value="1", sa_notes="x")
    deal.refresh_from_db()
    assert (deal.name, deal.sa_notes) == ("Theirs", "x")


def test_what_a_sync_refreshes_while_a_form_is_saved_stays(request):
    deal = OpportunityFactory(stage="Discovery")
    form = opened(deal)

    def sync_comes_between(**kwargs):
        Opportunity.objects.filter(pk=deal.pk).update(stage="Proposal")

    pre_save.connect(sync_comes_between, sender=Opportunity)
    request.addfinalizer(lambda: pre_save.disconnect(sync_comes_between, sender=Opportunity))
    save(deal, form, sa_notes="Saved in the same moment.")
    deal.refresh_from_db()
    assert (deal.stage, deal.sa_notes) == ("Proposal", "Saved in the same moment.")


def test_what_somebody_else_has_changed_meanwhile_stays():
    deal, other = OpportunityFactory(), OpportunityFactory()
    form, other_form = opened(deal), opened(other)
    save(deal, opened(deal), sa_notes="From my colleague.")
    save(deal, form, bid_due_on="2027-02-01")
    save(other, opened(other), bid_due_on="2027-02-01")
    save(other, other_form, sa_notes="Mine.")
    for each, notes in ((deal, "From my colleague."), (other, "Mine.")):
        each.refresh_from_db()
        assert (each.bid_due_on, each.sa_notes) == (date(2027, 2, 1), notes)


def test_who_may_not_change_opportunities_here_saves_nothing_even_as_the_assigned_sa():
    person = UserFactory(is_staff=True, permissions=["view_opportunity"], roles=[Role.SA])
    person.groups.get().permissions.clear()
    deal = OpportunityFactory(assigned_sa=person)
    answer = browser_of(person).post(address(deal), {**opened(deal), "sa_notes": "Mine."})
    assert answer.status_code == 403
    deal.refresh_from_db()
    assert deal.sa_notes == ""


def test_two_people_who_change_the_same_field_do_not_overwrite_one_another():
    deal = OpportunityFactory()
    form = opened(deal)
    save(deal, opened(deal), sa_notes="From my colleague.")
    refusal = save(deal, form, sa_notes="Mine.", bid_due_on="2027-02-01")
    assert "changed this at" in text_of(refusal)
    assert "SA notes: From my colleague." in text_of(refusal)
    assert "Mine.</textarea>" in refusal.content.decode()
    deal.refresh_from_db()
    assert (deal.bid_due_on, deal.sa_notes) == (None, "From my colleague.")


@pytest.mark.parametrize("status", ["CLOSED_IN_CRM", "APPROVED"])
def test_nobody_sets_a_status_or_an_sa_by_the_form(status):
    deal = OpportunityFactory()
    save(deal, opened(deal), workflow_status=status, assigned_sa=UserFactory().pk, sa_notes="x")
    deal.refresh_from_db()
    assert (deal.workflow_status, deal.assigned_sa, deal.sa_notes) == ("NEW", None, "x")


def test_nobody_opens_a_closed_deal_by_hand():
    deal = OpportunityFactory(workflow_status="CLOSED_IN_CRM", status_before_close="IN_REVIEW")
    page = text_of(solution_architect().get(address(deal)))
    assert "when sales reopens the deal it becomes In review again" in page
    save(deal, opened(deal), workflow_status="ASSIGNED", sa_notes="Ask why.")
    deal.refresh_from_db()
    assert (deal.workflow_status, deal.sa_notes) == ("CLOSED_IN_CRM", "Ask why.")


def test_a_deal_that_is_closed_while_the_form_is_open_stays_closed():
    deal = OpportunityFactory()
    form = opened(deal)
    Opportunity.objects.update(workflow_status="CLOSED_IN_CRM", status_before_close="NEW")
    save(deal, form, workflow_status="ASSIGNED")
    deal.refresh_from_db()
    assert deal.workflow_status == "CLOSED_IN_CRM"


@pytest.mark.skipif("not connection.features.has_select_for_update")
def test_the_row_is_locked_while_a_form_is_saved():
    deal = OpportunityFactory()
    form = opened(deal)
    with CaptureQueriesContext(connection) as queries:
        save(deal, form, sa_notes="x")
    assert any("FOR UPDATE" in query["sql"] for query in queries.captured_queries)


def test_a_deal_of_somebody_who_left_can_still_be_saved():
    gone = UserFactory(is_active=False)
    deal = OpportunityFactory(assigned_sa=gone)
    save(deal, opened(deal), sa_notes="Who takes this over?")
    deal.refresh_from_db()
    assert (deal.assigned_sa, deal.sa_notes) == (gone, "Who takes this over?")


def test_a_deal_that_left_the_crm_says_so_on_its_page():
    deal = OpportunityFactory(
        removed_in_crm_at=datetime(2026, 11, 3, 8, 30, tzinfo=UTC), removal_reason="HIDDEN"
    )
    page = text_of(solution_architect().get(address(deal)))
    assert "No longer visible to our CRM user, noticed 3 Nov 2026, 08:30" in page


def test_the_history_tells_who_changed_which_field():
    deal, sa = OpportunityFactory(), bid_manager(username="mei")
    save(deal, opened(deal), browser=sa, sa_notes="x")
    history = text_of(sa.get(f"/admin/opportunities/opportunity/{deal.pk}/history/"))
    assert "mei" in history
    assert "Changed SA notes." in history


def test_who_may_only_look_sees_no_field_to_edit_and_saves_nothing():
    deal, onlooker = OpportunityFactory(), staff("view_opportunity")
    page = onlooker.get(address(deal))
    assert b'name="sa_notes"' not in page.content
    assert onlooker.post(address(deal), {"sa_notes": "x"}).status_code == 403
    deal.refresh_from_db()
    assert deal.sa_notes == ""
