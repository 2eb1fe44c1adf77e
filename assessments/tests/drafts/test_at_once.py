"""Two people at the same moment, over two connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from assessments.drafts.problems import Conflict
from assessments.drafts.versions import draft_of
from assessments.models import Answer, Assessment, Decision
from assessments.tests.factories import (
    SCREEN,
    assigned,
    bid_manager,
    in_assessment,
    in_review,
    lead,
    rated,
    save,
)
from opportunities.domain.errors import TransitionRefused
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Opportunity, OpportunityEvent
from opportunities.workflow.transitions import apply_transition

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite's test database is in memory, where one connection locks out the others",
    ),
]


def at_once(*attempts):
    """What each returned, or the refusal it met; all of them begin together."""
    start = Barrier(len(attempts))

    def carry_out(attempt):
        start.wait(timeout=10)
        try:
            return attempt()
        except TransitionRefused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(carry_out, attempts))


def refusals(outcomes):
    return [each for each in outcomes if isinstance(each, TransitionRefused)]


def test_of_two_deciders_one_wins_and_the_other_is_told():
    deal, first, second = in_review(), lead(), bid_manager()
    override = {"reason_code": "COMMITMENT", "reason": "Our word"}
    decline = {"reason_code": "LOW_RETURN", "reason": "Too thin"}
    seen = {"expected_version": deal.lock_version, **SCREEN}
    events = OpportunityEvent.objects.count()
    outcomes = at_once(
        lambda: apply_transition(deal.pk, Action.APPROVE, by=first, **override, **seen),
        lambda: apply_transition(deal.pk, Action.DECIDE_NO_BID, by=second, **decline, **seen),
    )
    (refusal,) = refusals(outcomes)
    assert (refusal.status_code, refusal.code) == (409, "stale_version")
    assert OpportunityEvent.objects.count() == events + 1
    decision, after = Decision.objects.get(), Opportunity.objects.get()
    assert after.decision == decision.outcome
    assert after.workflow_status in {WorkflowStatus.APPROVED, WorkflowStatus.NO_BID}


def test_of_two_tabs_one_saves_and_the_other_is_told():
    deal = in_assessment()
    draft = draft_of(deal)
    outcomes = at_once(
        lambda: save(deal, version=draft.lock_version, answers={"FIT": rated(5, "From one tab")}),
        lambda: save(deal, version=draft.lock_version, answers={"FIT": rated(1, "From the other")}),
    )
    (refusal,) = refusals(outcomes)
    assert isinstance(refusal, Conflict)
    answer = Answer.objects.get(criterion__code="FIT")
    assert [(each.value, each.comment) for each in refusal.saves] == [
        (answer.value, answer.comment)
    ]


def test_of_two_tabs_that_start_one_makes_the_draft():
    deal = assigned()
    outcomes = at_once(
        lambda: save(deal, version=0, answers={"FIT": rated(5)}),
        lambda: save(deal, version=0, answers={"FIT": rated(1)}),
    )
    assert [type(each) for each in refusals(outcomes)] == [Conflict]
    assert Assessment.objects.count() == 1
    assert OpportunityEvent.objects.filter(action="START").count() == 1
