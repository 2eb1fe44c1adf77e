import pytest

from opportunities.domain.states import Action, Guard, WorkflowStatus
from opportunities.models import Opportunity, OpportunityEvent
from opportunities.tests.factories import UserFactory
from opportunities.tests.workflow_scene import FAR_OFF, bid_manager, deal, lead, sa
from opportunities.workflow.bulk import bulk_transition

pytestmark = pytest.mark.django_db
S = WorkflowStatus


def test_of_fifty_assigned_at_once_three_that_cannot_be_are_told_and_the_others_done():
    rows = [deal() for _ in range(48)] + [deal(S.IN_REVIEW), deal(S.CLOSED_IN_CRM)]
    Opportunity.objects.filter(pk=rows[0].pk).update(practice="Rail")
    person, head = sa(), lead()
    results = bulk_transition(
        [row.pk for row in rows], Action.ASSIGN, by=head, params={"assignee": person.pk}
    )
    assert [each.opportunity_id for each in results] == [row.pk for row in rows]
    refused = {each.opportunity_id: each for each in results if not each.is_done}
    assert [refused[row.pk].guard for row in (rows[0], *rows[48:])] == ["right", "state", "state"]
    assert "not possible while the state is In review" in refused[rows[48].pk].sentence
    assert len(refused) == 3
    assert Opportunity.objects.filter(assigned_sa=person, workflow_status=S.ASSIGNED).count() == 47
    events = OpportunityEvent.objects.values_list("action", "channel", "actor")
    assert list(events) == [("ASSIGN", "BULK", head.pk)] * 47


def test_hold_and_quick_no_bid_go_in_bulk_as_well():
    first, second = deal(), deal(S.NO_BID)
    done, refused = bulk_transition(
        [first.pk, second.pk],
        Action.HOLD,
        by=bid_manager(),
        reason="Budget.",
        params={"review_on": FAR_OFF.isoformat()},
    )
    assert (done.is_done, done.sentence, refused.is_done) == (True, "On hold.", False)
    third = deal()
    (done,) = bulk_transition(
        [third.pk], Action.QUICK_NO_BID, by=lead(), reason_code="NO_TIME", reason="Not ours."
    )
    assert done.sentence == "No bid."


def test_a_row_named_twice_is_moved_once_and_one_that_is_not_there_is_told():
    row = deal()
    results = bulk_transition(
        [row.pk, row.pk, 0], Action.ASSIGN, by=lead(), params={"assignee": sa()}
    )
    assert [each.is_done for each in results] == [True, False]
    assert results[1].sentence == "There is no opportunity 0."


def test_nobody_decides_own_work_through_bulk():
    both = UserFactory(roles=["SA", "Bid manager"], is_superuser=True)
    own, other = deal(S.IN_REVIEW, assigned_sa=both), deal(S.IN_REVIEW)
    why = {"reason_code": "COMMITMENT", "reason": "We promised it."}
    refused, done = bulk_transition([own.pk, other.pk], Action.APPROVE, by=both, **why)
    assert (refused.guard, done.is_done) == (Guard.NOT_OWN_SCORING, True)
