from decimal import Decimal

import pytest
from django.utils import timezone

from assessments.decisions.effects import abandon_drafts
from assessments.drafts.versions import draft_of
from assessments.models import Assessment, AssessmentStatus
from assessments.tests.factories import (
    SCREEN,
    bid_manager,
    in_assessment,
    in_review,
    lead,
    rated,
    ratings,
    save,
)
from opportunities.domain.errors import WrongState
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Opportunity
from opportunities.workflow.crm_changes import CrmChanges, follow_crm
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db


def crm_says(*deals, closed):
    """What a sync tells of rows it has written."""
    news = []
    for deal in deals:
        deal.refresh_from_db()
        now = WorkflowStatus.CLOSED_IN_CRM if closed else deal.status_before_close
        moved = {"workflow_status": (deal.workflow_status, now), "crm_status": ("OPEN", "WON")}
        news.append(CrmChanges(deal.pk, deal.remote_id, moved))
    follow_crm(news, timezone.now())
    for deal in deals:
        deal.refresh_from_db()


def returned():
    deal = in_review()
    return apply_transition(deal, Action.RETURN, by=lead(), reason="Say more", **SCREEN)


@pytest.mark.parametrize("make", [in_assessment, returned])
def test_closing_abandons_the_draft_and_reopening_brings_it_back_as_it_was(make):
    deal = make()
    draft = draft_of(deal)
    before = (draft.status, list(draft.answers.values()))
    crm_says(deal, closed=True)
    draft.refresh_from_db()
    assert draft.status == AssessmentStatus.ABANDONED
    assert list(draft.answers.values()) == before[1]
    with pytest.raises(WrongState):
        save(deal, version=draft.lock_version, answers={"FIT": rated(1)})
    crm_says(deal, closed=False)
    draft.refresh_from_db()
    assert (draft.status, list(draft.answers.values())) == before
    save(deal, answers={"FIT": rated(4)})


def test_a_submitted_version_stays_submitted():
    deal = in_review()
    crm_says(deal, closed=True)
    assert deal.assessments.get().status == AssessmentStatus.SUBMITTED
    crm_says(deal, closed=False)
    assert deal.workflow_status == WorkflowStatus.IN_REVIEW


def test_a_decision_stays():
    deal = in_review(ratings(4), recommendation="BID")
    apply_transition(deal, Action.APPROVE, by=lead(), **SCREEN)
    crm_says(deal, closed=True)
    assert deal.decision == "BID"
    assert deal.assessments.get().status == AssessmentStatus.DECIDED


def test_reopening_brings_back_no_draft_that_a_no_bid_abandoned():
    deal = in_assessment()
    no_bid = {"reason_code": "NO_TIME", "reason": "Due tomorrow"}
    apply_transition(deal, Action.QUICK_NO_BID, by=lead(), **no_bid, **SCREEN)
    crm_says(deal, closed=True)
    crm_says(deal, closed=False)
    assert deal.workflow_status == WorkflowStatus.NO_BID
    assert deal.assessments.get().status == AssessmentStatus.ABANDONED


def test_many_at_once_take_one_statement(django_assert_num_queries):
    deals = [in_assessment() for _ in range(3)]
    with django_assert_num_queries(1):
        abandon_drafts([deal.pk for deal in deals])
    assert set(Assessment.objects.values_list("status", flat=True)) == {"ABANDONED"}


def test_a_crm_change_in_review_sets_the_flag_and_changes_neither_state_nor_version():
    deal = in_review()
    before = deal.assessments.values().get()
    Opportunity.objects.update(deal_value=200_000)
    moved = {"deal_value": (Decimal("100000.00"), Decimal("200000.00"))}
    follow_crm([CrmChanges(deal.pk, deal.remote_id, moved)], timezone.now())
    deal.refresh_from_db()
    assert (deal.needs_requalification, deal.workflow_status) == (True, WorkflowStatus.IN_REVIEW)
    assert deal.requalification_changes[0]["old"] == "100000.00"
    assert deal.assessments.values().get() == before
    assert before["crm_snapshot"]["deal_value"] == "100000.00"


def test_submitting_again_is_scored_on_what_the_crm_says_then():
    deal = in_review()
    Opportunity.objects.update(deal_value=200_000)
    apply_transition(deal, Action.RETURN, by=bid_manager(), reason="Look again", **SCREEN)
    apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    first, second = deal.assessments.order_by("version_no")
    assert first.crm_snapshot["deal_value"] == "100000.00"
    assert second.crm_snapshot["deal_value"] == "200000.00"
