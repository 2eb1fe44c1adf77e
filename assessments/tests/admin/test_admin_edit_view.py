import json
import re

import pytest

from assessments.drafts.versions import draft_of
from assessments.models import Assessment
from assessments.tests.factories import (
    CODES,
    KNOCKOUTS,
    assigned,
    complete,
    in_assessment,
    in_review,
    rated,
    save,
)
from opportunities.models import Opportunity
from opportunities.tests.admin_clients import browser_of, queries_of, text_of
from opportunities.tests.admin_people import (
    staff_bid_manager,
    staff_lead,
    staff_sa,
    staff_viewer,
    superuser,
)
from opportunities.tests.factories import OpportunityFactory

pytestmark = pytest.mark.django_db
COMMENT = "A comment of some length"
GATED = ("answer-FIT", "answer-PROOF")


def address(deal):
    return f"/admin/assessments/assessment/fill/{deal.pk}"


def page_of(deal):
    return f"/admin/opportunities/opportunity/{deal.pk}/change/"


def opened(browser, deal):
    """What the form would send back untouched."""
    return untouched(browser.get(address(deal)))


def untouched(page):
    shown = page.context["shown"]
    return {**json.loads(shown), "shown": shown, "version": page.context["version"]}


def sent(browser, deal, form, button="save", **fields):
    named = {name.replace("__", "-"): value for name, value in fields.items()}
    return browser.post(address(deal), {**form, **named, button: "1"})


def everything():
    answers = {f"answer__{code}": "3" for code in CODES}
    comments = {f"comment__{code}": COMMENT for code in CODES}
    checks = {f"reply__{code}": "YES" for code in KNOCKOUTS}
    view = {"recorded__sa_recommendation": "CONDITIONAL", "recorded__confidence": "HIGH"}
    return {**answers, **comments, **checks, **view}


def mine():
    me = staff_sa()
    return browser_of(me), assigned(me)


def test_the_page_of_the_deal_has_the_form_with_every_anchor_in_sight():
    browser, deal = mine()
    page = text_of(browser.get(page_of(deal)))
    assert "Knock-out checks" in page
    assert "A must-have cannot be met by anyone we can engage" in page
    assert "gate: a bad rating caps the recommendation" in page


def test_a_gate_offers_no_not_applicable():
    browser, deal = mine()
    form = browser.get(address(deal)).context["form"]
    offered = {name: [value for value, _ in form.fields[name].widget.choices] for name in GATED}
    assert "NA" not in offered["answer-FIT"]
    assert "NA" in offered["answer-PROOF"]


def test_a_part_is_saved_and_starts_the_assessment():
    browser, deal = mine()
    answer = sent(browser, deal, opened(browser, deal), answer__NEED="4", comment__FUND="To ask")
    assert answer.url == f"{page_of(deal)}#assessment"
    draft = draft_of(deal)
    assert {row.criterion.code: (row.value, row.comment) for row in draft.answers.all()} == {
        "NEED": ("4", ""),
        "FUND": ("", "To ask"),
    }
    deal.refresh_from_db()
    assert deal.workflow_status == "IN_ASSESSMENT"


def test_the_score_so_far_its_best_case_and_its_caps_are_shown():
    browser, deal = mine()
    sent(browser, deal, opened(browser, deal), answer__NEED="5", answer__FIT="UNKNOWN")
    page = text_of(browser.get(page_of(deal)))
    assert "8.0 up to 100.0" in page
    assert "Gate FIT (Solution fit) is Unknown: Conditional at most." in page


def test_a_whole_assessment_is_submitted():
    browser, deal = mine()
    answer = sent(browser, deal, opened(browser, deal), "submit", **everything())
    assert answer.url == page_of(deal)
    deal.refresh_from_db()
    assert (deal.workflow_status, Assessment.objects.get().score) == ("IN_REVIEW", 60)


def test_what_is_missing_is_linked_to_its_field_and_what_was_typed_is_saved():
    browser, deal = mine()
    fields = everything() | {"answer__NEED": "5", "comment__NEED": "short"}
    refusal = sent(browser, deal, opened(browser, deal), "submit", **fields)
    page = refusal.content.decode()
    assert refusal.status_code == 422
    assert re.search(r'<a class="text-link" href="#comment-NEED">Comment on NEED', page)
    assert 'id="comment-NEED"' in page
    assert draft_of(deal).answers.get(criterion__code="NEED").comment == "short"


def test_what_cannot_be_kept_is_refused_and_stays_in_the_fields():
    browser, deal = mine()
    form = opened(browser, deal)
    refusal = sent(browser, deal, form, recorded__bid_cost="many", comment__NEED="Typed")
    assert refusal.status_code == 400
    assert "Nothing has been saved yet" in refusal.content.decode()
    assert 'value="many"' in refusal.content.decode()
    assert "Typed" in refusal.content.decode()
    assert not Assessment.objects.exists()


def test_two_windows_and_nothing_is_lost():
    browser, deal = mine()
    form = opened(browser, deal)
    save(deal, answers={"NEED": rated(2, "Theirs, and long"), "FUND": rated(1, "Theirs too, long")})
    refusal = sent(browser, deal, form, answer__NEED="4", comment__CAP="Mine alone")
    page = refusal.content.decode()
    assert refusal.status_code == 409
    assert "saved this at" in page
    assert "Theirs, and long" in page
    form = refusal.context["form"]
    assert form["answer-NEED"].value() == "4", "mine stands in the field"
    assert form["answer-FUND"].value() == "1", "theirs, where I had typed nothing"
    assert form["comment-CAP"].value() == "Mine alone"


def test_saving_again_after_a_conflict_keeps_theirs_where_i_changed_nothing():
    browser, deal = mine()
    form = opened(browser, deal)
    save(deal, answers={"FUND": rated(1, "Theirs too, long")})
    refusal = sent(browser, deal, form, answer__NEED="4")
    again = {**untouched(refusal), "answer-NEED": "4"}
    assert sent(browser, deal, again).status_code == 302
    values = {row.criterion.code: row.value for row in draft_of(deal).answers.all()}
    assert values == {"NEED": "4", "FUND": "1"}


def test_a_form_without_a_version_is_told_so():
    browser, deal = mine()
    complete(deal)
    assert browser.post(address(deal), {"answer-NEED": "1", "save": "1"}).status_code == 409


def test_competitors_are_lines_of_name_strength_and_weakness():
    browser, deal = mine()
    lines = "Rival; cheap; slow\r\nOther"
    sent(browser, deal, opened(browser, deal), recorded__competitors=lines)
    assert draft_of(deal).competitors == [
        {"name": "Rival", "strength": "cheap", "weakness": "slow"},
        {"name": "Other", "strength": "", "weakness": ""},
    ]
    assert opened(browser, deal)["recorded-competitors"] == "Rival; cheap; slow\nOther"


@pytest.mark.parametrize("made", [staff_sa, staff_viewer, superuser])
def test_who_does_not_have_it_gets_no_form_by_its_address_either(made):
    deal, browser = in_assessment(), browser_of(made())
    assert browser.get(address(deal)).status_code == 403
    assert browser.post(address(deal), {"version": "1", "answer-NEED": "0"}).status_code == 403


def test_a_deal_out_of_sight_has_no_form(settings):
    settings.RESTRICT_VISIBILITY = True
    deal = in_assessment()
    Opportunity.objects.update(practice="SAP")
    assert browser_of(staff_lead()).get(address(deal)).status_code == 404


def test_the_desk_answers_on_behalf_and_is_told_what_that_means():
    deal, desk = in_assessment(), staff_bid_manager()
    browser = browser_of(desk)
    assert "Answer on behalf of the SA" in text_of(browser.get(page_of(deal)))
    assert "cannot decide on it" in text_of(browser.get(address(deal)))
    sent(browser, deal, opened(browser, deal), answer__NEED="2")
    row = draft_of(deal).answers.get(criterion__code="NEED")
    assert (row.author, row.on_behalf_of) == (desk, deal.assigned_sa)


def test_a_submitted_version_is_not_written_any_more():
    me = staff_sa()
    deal = in_review(to=me)
    browser = browser_of(me)
    answer = browser.post(address(deal), {"version": "9", "answer-NEED": "0", "save": "1"})
    assert answer.status_code == 409
    assert "cannot be saved while the state is In review" in answer.content.decode()


def test_a_deal_that_nobody_has_begun_says_so():
    deal = OpportunityFactory()
    page = browser_of(staff_viewer()).get(page_of(deal))
    assert "No assessment has been started." in text_of(page)


def test_more_answers_cost_no_more_queries():
    me = staff_sa()
    deal, browser = assigned(me), browser_of(me)
    save(deal, answers={"NEED": rated(4)})
    few = len(queries_of(browser, page_of(deal)))
    complete(deal)
    assert len(queries_of(browser, page_of(deal))) == few
