from datetime import date

import pytest

from assessments.drafts.versions import draft_of
from assessments.models import Condition, Decision
from assessments.tests.factories import IN_2099, SCREEN, in_review, ratings, save, under_review
from opportunities.domain.states import Action
from opportunities.models import Opportunity
from opportunities.tests.admin_clients import browser_of, text_of
from opportunities.tests.admin_people import (
    EVERYBODY,
    staff_bid_manager,
    staff_lead,
    staff_sa,
    staff_viewer,
    superuser,
)
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db


def page_of(deal):
    return f"/admin/opportunities/opportunity/{deal.pk}/change/"


def address(deal, action):
    return f"/admin/opportunities/opportunity/{deal.pk}/transition/{action}"


def decided(person, deal, action, **payload):
    return browser_of(person).post(
        address(deal, action), {"lock_version": deal.lock_version, **payload}
    )


def rows(*conditions, total=None):
    """As the browser sends the rows of the form."""
    form = {"conditions-TOTAL_FORMS": total or len(conditions), "conditions-INITIAL_FORMS": 0}
    for number, condition in enumerate(conditions):
        form |= {f"conditions-{number}-{name}": value for name, value in condition.items()}
    return form


def conditional(owner=None):
    deal, owner = in_review(), owner or staff_sa()
    conditions = [{"text": "Margin confirmed", "owner": owner, "due_on": IN_2099}]
    return apply_transition(
        deal,
        Action.APPROVE_WITH_CONDITIONS,
        by=staff_bid_manager(),
        params={"conditions": conditions},
        **SCREEN,
    )


def state_of(deal):
    deal.refresh_from_db()
    return deal.workflow_status


def test_the_decider_reads_score_and_recommendation_before_deciding():
    page = text_of(browser_of(staff_lead()).get(address(in_review(), "APPROVE")))
    assert "Version 1 scores 60.0 and recommends Conditional" in page
    assert "stay marked as an override" in page


def test_an_override_asks_for_its_reason_and_is_marked():
    deal, lead = in_review(), staff_lead()
    refusal = decided(lead, deal, "APPROVE")
    assert refusal.status_code == 409
    assert "Choose a reason code for the override" in refusal.content.decode()
    decided(lead, deal, "APPROVE", reason_code="NEW_FACTS", reason="They called.")
    assert Decision.objects.get().is_override
    assert "Override: the score recommended Conditional" in text_of(
        browser_of(lead).get(page_of(deal))
    )


def test_conditions_are_rows_with_owner_and_due_date_and_empty_rows_are_nothing():
    deal, owner = in_review(), staff_sa()
    row = {"text": "Margin confirmed", "owner": owner.pk, "due_on": "2099-01-04"}
    decided(staff_lead(), deal, "APPROVE_WITH_CONDITIONS", **rows(row, {}))
    condition = Condition.objects.get()
    assert (condition.text, condition.owner, condition.due_on) == (
        "Margin confirmed",
        owner,
        date(2099, 1, 4),
    )
    assert state_of(deal) == "CONDITIONAL"


def test_half_a_condition_is_refused_and_stays_in_its_row():
    deal = in_review()
    refusal = decided(staff_lead(), deal, "APPROVE_WITH_CONDITIONS", **rows({"text": "Margin"}))
    assert refusal.status_code == 409
    assert "Choose an active person as owner of condition 1." in refusal.content.decode()
    assert 'value="Margin"' in refusal.content.decode()


def test_more_rows_can_be_had_without_losing_the_first():
    page = decided(
        staff_lead(),
        in_review(),
        "APPROVE_WITH_CONDITIONS",
        add_row="1",
        **rows({"text": "Margin"}),
    ).content.decode()
    assert 'value="Margin"' in page
    assert 'name="conditions-2-text"' in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize("action", ["APPROVE", "APPROVE_WITH_CONDITIONS", "DECIDE_NO_BID"])
@pytest.mark.parametrize("made", [staff_sa, staff_viewer, superuser])
def test_who_may_not_decide_is_refused_at_the_address_itself(made, action):
    deal, person = in_review(), made()
    assert browser_of(person).get(address(deal, action)).status_code == 403
    assert decided(person, deal, action, **rows()).status_code == 403
    assert state_of(deal) == "IN_REVIEW"


def test_who_answered_one_criterion_reads_why_another_decides():
    deal, desk = in_review(), staff_bid_manager()
    apply_transition(deal, Action.WITHDRAW, by=deal.assigned_sa, **SCREEN)
    save(deal, by=desk, answers={"NEED": {"rating": 4}})
    deal = apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    assert "You scored this" in text_of(browser_of(desk).get(page_of(deal)))
    refusal = decided(desk, deal, "APPROVE", reason_code="NEW_FACTS", reason="x")
    assert (refusal.status_code, state_of(deal)) == (409, "IN_REVIEW")


def test_a_reviewers_comment_stands_at_its_criterion_when_it_is_returned():
    me = staff_sa()
    deal = in_review(to=me)
    answer = decided(
        staff_lead(), deal, "RETURN", reason="Too thin", **{"review-COMM": "Which margin?"}
    )
    assert answer.status_code == 302
    assert "Reviewer: Which margin?" in text_of(browser_of(me).get(page_of(deal)))


def test_a_condition_is_met_by_its_owner_and_waived_by_the_desk_alone():
    owner = staff_sa()
    deal = conditional(owner)
    condition = Condition.objects.get()
    settle = f"/admin/assessments/assessment/condition/{condition.pk}"
    assert browser_of(owner).post(f"{settle}/WAIVED", {"reason": "x"}).status_code == 403
    assert browser_of(owner).post(f"{settle}/MET", {"reason": "Mail of 3 Nov"}).status_code == 302
    assert "Met: Mail of 3 Nov" in text_of(browser_of(owner).get(page_of(deal)))


def test_only_the_desk_and_its_owner_are_offered_to_settle_a_condition_while_it_counts():
    owner = staff_sa()
    deal = conditional(owner)
    offered = {"Met…", "Waive…"}
    for person, words in ((owner, {"Met…"}), (staff_viewer(), set()), (staff_lead(), offered)):
        page = text_of(browser_of(person).get(page_of(deal)))
        assert {word for word in offered if word in page} == words
    decided(staff_lead(), deal, "HOLD", reason="Their board is away", review_on=str(IN_2099))
    page = text_of(browser_of(staff_lead()).get(page_of(deal)))
    assert {word for word in offered if word in page} == set()


def test_a_condition_out_of_sight_or_in_no_such_state_has_no_page(settings):
    conditional()
    settle = f"/admin/assessments/assessment/condition/{Condition.objects.get().pk}"
    assert browser_of(staff_lead()).get(f"{settle}/OPEN").status_code == 404
    settings.RESTRICT_VISIBILITY = True
    Opportunity.objects.update(practice="SAP")
    assert browser_of(staff_lead()).get(f"{settle}/MET").status_code == 404


def test_waiving_without_a_reason_is_refused_in_words():
    conditional()
    settle = f"/admin/assessments/assessment/condition/{Condition.objects.get().pk}/WAIVED"
    refusal = browser_of(staff_bid_manager()).post(settle, {"reason": ""})
    assert refusal.status_code == 409
    assert "Give the reason for waiving it." in refusal.content.decode()


def test_a_condition_that_is_open_keeps_the_deal_from_being_concluded():
    deal = conditional()
    page = browser_of(staff_bid_manager()).get(page_of(deal))
    assert "Mark each condition as met or waived first" in text_of(page)


def test_the_decision_leads_to_its_record_and_pdf():
    deal = conditional()
    page = browser_of(staff_viewer()).get(page_of(deal)).content.decode()
    for name in ("decision-record?", "decision-record.pdf?"):
        assert f"/opportunities/{deal.pk}/{name}decision=" in page


def test_versions_are_listed_read_and_compared():
    deal = in_review(answers=ratings(3))
    first = under_review(deal)
    apply_transition(deal, Action.RETURN, by=staff_lead(), reason="Again", **SCREEN)
    save(deal, answers={"NEED": {"rating": 5}})
    second = draft_of(deal)
    viewer = browser_of(staff_viewer())
    compare = f"/admin/assessments/assessment/compare/{first.pk}/{second.pk}"
    assert compare in viewer.get(page_of(deal)).content.decode()
    assert "60.0 → 63.2 +3.2" in text_of(viewer.get(compare))
    assert "▲ +3.2" in text_of(viewer.get(compare))
    read = text_of(viewer.get(f"/admin/assessments/assessment/version/{first.pk}"))
    assert "Superseded" in read
    assert "A comment of some length" in read


def test_versions_of_two_opportunities_are_not_compared():
    first, second = under_review(in_review()), under_review(in_review())
    compare = f"/admin/assessments/assessment/compare/{first.pk}/{second.pk}"
    assert browser_of(staff_viewer()).get(compare).status_code == 404


@pytest.mark.parametrize("made", EVERYBODY)
def test_everybody_reads_assessment_decision_and_versions(made):
    deal = conditional()
    page = text_of(browser_of(made()).get(page_of(deal)))
    for shown in ("60.0", "Margin confirmed", "SA recommends", "Versions"):
        assert shown in page


def test_versions_out_of_sight_are_not_read(settings):
    settings.RESTRICT_VISIBILITY = True
    deal = in_review()
    version = under_review(deal)
    Opportunity.objects.update(practice="SAP")
    lead = browser_of(staff_lead())
    for page in (f"version/{version.pk}", f"compare/{version.pk}/{version.pk}"):
        assert lead.get(f"/admin/assessments/assessment/{page}").status_code == 404


def test_the_list_shows_score_and_band_and_narrows_and_sorts_by_them():
    best, none = in_review(ratings(5), "BID", name="best"), in_review(name="middle")
    Opportunity.objects.filter(pk=none.pk).update(crm_updated_at=best.crm_updated_at)
    manager = browser_of(staff_bid_manager())
    listing = "/admin/opportunities/opportunity/"
    assert "100.0 High" in text_of(manager.get(listing))

    def names(query):
        page = manager.get(f"{listing}?{query}")
        return [row.name for row in page.context["cl"].result_list]

    assert names("score_band=HIGH") == ["best"]
    assert names("score_band=none") == []
    place = list(manager.get(listing).context["cl"].list_display).index("score_and_band")
    assert names(f"o=-{place}") == ["best", "middle"]
    assert names(f"o={place}") == ["middle", "best"]
