import pytest

from opportunities.access.roles import Role
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Opportunity, OpportunityEvent
from opportunities.tests.admin_clients import browser_of, text_of
from opportunities.tests.admin_people import (
    EVERYBODY,
    staff_bid_manager,
    staff_lead,
    staff_sa,
    staff_viewer,
    superuser,
)
from opportunities.tests.factories import UserFactory
from opportunities.tests.workflow_scene import bid_manager, deal, moved, sa, state_of

pytestmark = pytest.mark.django_db
LIST = "/admin/opportunities/opportunity/"


def address(one, action):
    return f"{LIST}{one.pk}/transition/{action}"


def done(browser, one, action, version=None, **payload):
    seen = one.lock_version if version is None else version
    return browser.post(address(one, action), {"lock_version": seen, **payload})


def page_of(person, one):
    return browser_of(person).get(f"{LIST}{one.pk}/change/")


def test_what_can_be_done_are_buttons_and_what_cannot_says_why():
    one = deal(WorkflowStatus.IN_REVIEW)
    page = page_of(staff_lead(), one)
    assert f'href="{address(one, "APPROVE")}"' in page.content.decode()
    assert "Withdraw" in text_of(page)


@pytest.mark.parametrize("place", ["", "{}/change/", "{}/transition/HOLD"])
def test_a_page_has_one_heading_and_one_main_part(place):
    one = deal(WorkflowStatus.IN_REVIEW)
    html = browser_of(staff_lead()).get(LIST + place.format(one.pk)).content.decode()
    assert (html.count("<h1"), html.count("<main"), html.count('id="content"')) == (1, 1, 1)


def test_who_scored_it_reads_that_somebody_else_decides():
    person = staff_lead()
    one = deal(WorkflowStatus.IN_REVIEW, assigned_sa=person)
    page = page_of(person, one)
    assert "You scored this" in text_of(page)
    assert f'href="{address(one, "APPROVE")}"' not in page.content.decode()


def test_an_action_asks_what_the_table_asks_and_moves_the_deal():
    one, mei = deal(), sa(first_name="Mei")
    browser = browser_of(staff_bid_manager())
    assert "Mei – 0 open" in text_of(browser.get(address(one, "ASSIGN")))
    assert done(browser, one, "ASSIGN", assignee=mei.pk).url == f"{LIST}{one.pk}/change/"
    event = OpportunityEvent.objects.get()
    assert (event.action, event.channel, state_of(one)) == ("ASSIGN", "SCREEN", "ASSIGNED")


@pytest.mark.parametrize("action", ["ASSIGN", "HOLD", "QUICK_NO_BID"])
@pytest.mark.parametrize("made", [staff_viewer, superuser, staff_sa])
def test_who_lacks_the_right_is_refused_at_the_address_itself(made, action):
    browser, one = browser_of(made()), deal()
    assert browser.get(address(one, action)).status_code == 403
    payload = {
        "assignee": sa().pk,
        "reason": "x",
        "reason_code": "OTHER",
        "review_on": "2099-01-01",
    }
    assert done(browser, one, action, **payload).status_code == 403
    assert state_of(one) == "NEW"


def test_a_deal_out_of_sight_has_no_actions(settings):
    settings.RESTRICT_VISIBILITY = True
    hidden = deal()
    Opportunity.objects.update(practice="SAP")
    assert browser_of(staff_lead()).get(address(hidden, "ASSIGN")).status_code == 404
    assert browser_of(staff_bid_manager()).get(f"{LIST}999/transition/ASSIGN").status_code == 404


@pytest.mark.parametrize("action", ["CLOSE_FROM_CRM", "NONSENSE"])
def test_what_only_the_sync_does_has_no_page(action):
    assert browser_of(staff_bid_manager()).get(address(deal(), action)).status_code == 404


def test_who_scored_it_cannot_decide_it_by_hand_either():
    person = staff_lead()
    one = deal(WorkflowStatus.IN_REVIEW, assigned_sa=person)
    refusal = done(browser_of(person), one, "APPROVE", reason="Mine")
    assert refusal.status_code == 409
    assert "You scored this" in refusal.content.decode()
    assert state_of(one) == "IN_REVIEW"


def test_who_acts_on_an_older_state_is_told_keeps_the_text_and_can_go_on():
    one, browser = deal(), browser_of(staff_bid_manager())
    moved(one, Action.ASSIGN, bid_manager())
    payload = {"reason": "Customer postpones", "review_on": "2099-01-01"}
    refusal = done(browser, one, "HOLD", **payload)
    page = refusal.content.decode()
    assert refusal.status_code == 409
    assert (
        "Someone else changed this opportunity; its state is now Assigned. Reload to see it."
        in page
    )
    assert "Customer postpones" in page
    assert state_of(one) == "ASSIGNED"
    one.refresh_from_db()
    assert f'name="lock_version" value="{one.lock_version}"' in page
    done(browser, one, "HOLD", **payload)
    assert state_of(one) == "ON_HOLD"


def test_a_form_without_a_version_is_not_believed():
    one, browser = deal(), browser_of(staff_bid_manager())
    assert browser.post(address(one, "ASSIGN"), {"assignee": sa().pk}).status_code == 409


def test_an_action_that_the_state_has_not_says_so():
    one, browser = deal(WorkflowStatus.IN_REVIEW), browser_of(staff_bid_manager())
    assert "Assign: not possible while the state is In review" in text_of(
        browser.get(address(one, "ASSIGN"))
    )
    refusal = done(browser, one, "ASSIGN", assignee=sa().pk)
    assert (refusal.status_code, state_of(one)) == (409, "IN_REVIEW")


def test_what_is_missing_is_named_and_nothing_typed_is_lost():
    one = deal()
    refusal = done(browser_of(staff_bid_manager()), one, "HOLD", reason="Wait for the budget")
    assert refusal.status_code == 400
    assert "This field is required" in refusal.content.decode()
    assert "Wait for the budget" in refusal.content.decode()


def test_a_comment_stands_in_the_timeline():
    one, person = deal(), staff_sa(first_name="Inês")
    browser_of(person).post(f"{LIST}{one.pk}/comment", {"text": "Call <b>them</b>"})
    page = page_of(person, one).content.decode()
    assert "Call &lt;b&gt;them&lt;/b&gt;" in page
    assert "Inês" in page


def test_a_viewer_cannot_comment_and_an_empty_comment_is_none():
    one = deal()
    viewer, person = browser_of(staff_viewer()), browser_of(staff_sa())
    assert viewer.post(f"{LIST}{one.pk}/comment", {"text": "x"}).status_code == 403
    answer = person.post(f"{LIST}{one.pk}/comment", {"text": " "}, follow=True)
    assert "Write a comment." in text_of(answer)
    assert not OpportunityEvent.objects.exists()


def test_the_box_for_a_comment_is_there_for_those_who_may_comment():
    one = deal()
    assert "Add comment" in text_of(page_of(staff_sa(), one))
    assert "Add comment" not in text_of(page_of(staff_viewer(), one))


def test_who_may_not_see_opportunities_here_neither_acts_on_them_nor_comments():
    one = deal()
    person = UserFactory(is_staff=True, roles=[Role.BID_MANAGER])
    person.groups.get().permissions.clear()
    assert browser_of(person).get(address(one, "ASSIGN")).status_code == 403
    assert browser_of(person).post(f"{LIST}{one.pk}/comment", {"text": "x"}).status_code == 403


def test_the_timeline_can_be_narrowed_to_one_kind():
    one, person = deal(), staff_bid_manager()
    moved(one, Action.ASSIGN, bid_manager())
    browser = browser_of(person)
    browser.post(f"{LIST}{one.pk}/comment", {"text": "A word."})
    kinds = {
        kind: [
            entry.title
            for entry in browser.get(f"{LIST}{one.pk}/change/?timeline={kind}")
            .context["timeline"]
            .entries
        ]
        for kind in ("", "comment", "action", "crm")
    }
    assert kinds["comment"] == ["Comment"]
    assert kinds["action"] == ["Assign"]
    assert kinds["crm"] == []
    assert kinds[""] == ["Comment", "Assign"]


def test_what_others_did_since_i_looked_is_told_once():
    one, person = deal(), staff_bid_manager()
    assert "Changed since you last looked" not in text_of(page_of(person, one))
    moved(one, Action.ASSIGN, bid_manager())
    assert "Changed since you last looked" in text_of(page_of(person, one))
    assert "Changed since you last looked" not in text_of(page_of(person, one))


def test_what_i_did_since_i_looked_is_no_news_to_me():
    one, person = deal(), staff_bid_manager()
    page_of(person, one)
    moved(one, Action.ASSIGN, person)
    assert "Changed since you last looked" not in text_of(page_of(person, one))


def test_what_moved_in_the_crm_since_the_scoring_is_shown_old_to_new():
    changes = [{"field": "deal_value", "old": "180000.00", "new": "95000.00", "at": "2026-11-01"}]
    one = deal(needs_requalification=True, requalification_changes=changes)
    page = text_of(page_of(staff_bid_manager(), one))
    assert "Needs re-qualification" in page
    assert "Value 180,000 → 95,000" in page


def test_a_change_of_the_crm_is_accepted_by_who_reads_it_and_says_why():
    changes = [{"field": "deal_value", "old": "180000.00", "new": "100000.00", "at": "2026-11-01"}]
    flag = {"needs_requalification": True, "requalification_changes": changes}
    one, manager = deal(WorkflowStatus.APPROVED, **flag), staff_bid_manager()
    browser, action = browser_of(manager), "ACCEPT_CRM_CHANGE"
    assert "Value 180,000 → 100,000" in text_of(browser.get(address(one, action)))
    assert done(browser, one, action, reason="Still worth it.").status_code == 302
    page = text_of(page_of(manager, one))
    assert "Needs re-qualification" not in page
    assert "Still worth it." in page


@pytest.mark.parametrize("made", EVERYBODY)
@pytest.mark.parametrize("status", WorkflowStatus)
def test_every_role_can_open_a_deal_in_every_state(made, status):
    assert page_of(made(), deal(status)).status_code == 200
