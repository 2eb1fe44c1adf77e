import pytest

from opportunities.domain.states import WorkflowStatus
from opportunities.models import OpportunityEvent
from opportunities.tests.admin_clients import browser_of, text_of
from opportunities.tests.admin_people import (
    staff_bid_manager,
    staff_lead,
    staff_sa,
    staff_viewer,
    superuser,
)
from opportunities.tests.factories import OpportunityFactory
from opportunities.tests.workflow_scene import deal, sa, state_of
from opportunities.workflow.bulk import MOST_ROWS

pytestmark = pytest.mark.django_db
LIST = "/admin/opportunities/opportunity/"


def ticked(browser, action, deals, **payload):
    chosen = {"action": action, "_selected_action": [each.pk for each in deals]}
    return browser.post(LIST, {**chosen, **payload}, follow=True)


def asked(browser, action, deals, **payload):
    return ticked(browser, action, deals, asked="1", **payload)


def test_the_picker_shows_the_load_of_each_sa():
    busy = sa(first_name="Mei", last_name="Tanaka")
    deal(WorkflowStatus.ASSIGNED, assigned_sa=busy)
    page = ticked(browser_of(staff_bid_manager()), "assign", [deal(), deal()])
    assert "Mei Tanaka – 1 open" in text_of(page)
    assert "2 opportunities." in text_of(page)


def test_fifty_are_assigned_but_the_three_that_cannot_be_and_each_is_told():
    new = [deal() for _ in range(47)]
    illegal = [deal(WorkflowStatus.IN_REVIEW) for _ in range(3)]
    page = asked(browser_of(staff_bid_manager()), "assign", new + illegal, assignee=sa().pk)
    assert "47 done, 3 skipped" in text_of(page)
    assert text_of(page).count("not possible while the state is In review") == 3
    assert OpportunityEvent.objects.filter(action="ASSIGN", channel="BULK").count() == 47


def test_what_is_missing_is_asked_for_and_what_was_typed_stays():
    one, payload = deal(), {"reason": "Tender postponed"}
    page = asked(browser_of(staff_bid_manager()), "hold", [one], **payload)
    assert "This field is required" in text_of(page)
    assert "Tender postponed" in page.content.decode()
    assert state_of(one) == "NEW"


def test_deals_are_put_on_hold_and_turned_down_in_bulk():
    manager = browser_of(staff_bid_manager())
    held, declined = deal(), deal()
    asked(manager, "hold", [held], reason="Later", review_on="2099-01-01")
    code = {"reason_code": "OTHER", "reason": "No"}
    asked(manager, "quick_no_bid", [declined], **code)
    assert (state_of(held), state_of(declined)) == ("ON_HOLD", "NO_BID")


def test_a_lead_moves_those_of_the_own_practice_and_is_told_of_the_rest():
    own, foreign = deal(), deal()
    type(own).objects.filter(pk=foreign.pk).update(practice="SAP")
    page = asked(browser_of(staff_lead()), "assign", [own, foreign], assignee=sa().pk)
    assert "1 done, 1 skipped" in text_of(page)
    assert (state_of(own), state_of(foreign)) == ("ASSIGNED", "NEW")


@pytest.mark.parametrize("made", [staff_viewer, staff_sa, superuser])
def test_who_never_assigns_is_not_offered_it_and_does_nothing_by_hand(made):
    browser, one = browser_of(made()), deal()
    assert "Assign…" not in text_of(browser.get(LIST))
    asked(browser, "assign", [one], assignee=sa().pk)
    assert state_of(one) == "NEW"


@pytest.mark.parametrize("made", [staff_viewer, superuser])
def test_who_has_no_part_in_the_workflow_is_offered_nothing_for_many(made):
    browser, one = browser_of(made()), deal(WorkflowStatus.ASSIGNED)
    page = text_of(browser.get(LIST))
    assert [each for each in ("Put on hold…", "Quick no bid…") if each in page] == []
    asked(browser, "hold", [one], reason="Later", review_on="2099-01-01")
    assert state_of(one) == "ASSIGNED"


def test_who_never_decides_is_not_offered_a_quick_no_bid():
    assert "Quick no bid…" not in text_of(browser_of(staff_sa()).get(LIST + "?tab=all"))


def test_what_is_asked_for_is_no_fault_before_anybody_could_say_it():
    deals = [deal(WorkflowStatus.ASSIGNED)]
    page = ticked(browser_of(staff_bid_manager()), "hold", deals)
    assert "required" not in text_of(page)
    assert "required" in text_of(asked(browser_of(staff_bid_manager()), "hold", deals))


def test_an_sa_holds_own_work_in_bulk_and_nobody_elses():
    me = staff_sa()
    mine, other = deal(WorkflowStatus.ASSIGNED, assigned_sa=me), deal(WorkflowStatus.ASSIGNED)
    asked(browser_of(me), "hold", [mine, other], reason="Later", review_on="2099-01-01")
    assert (state_of(mine), state_of(other)) == ("ON_HOLD", "ASSIGNED")


def test_a_row_out_of_sight_is_not_moved(settings):
    settings.RESTRICT_VISIBILITY = True
    hidden = deal()
    type(hidden).objects.update(practice="SAP")
    asked(browser_of(staff_lead()), "assign", [hidden], assignee=sa().pk)
    assert state_of(hidden) == "NEW"


def test_too_many_at_a_time_are_refused_in_words():
    OpportunityFactory.create_batch(MOST_ROWS)
    page = ticked(browser_of(staff_bid_manager()), "assign", [deal()], select_across="1")
    assert f"at most {MOST_ROWS} at a time" in text_of(page)
