"""What is different after a transition, beside the state."""

from datetime import UTC, datetime

import pytest

from opportunities.access.roles import access_of
from opportunities.domain.states import RELIED_ON, Action, WorkflowStatus
from opportunities.models import Assignment
from opportunities.tests.workflow_scene import bid_manager, deal, lead, moved, sa

pytestmark = pytest.mark.django_db
S = WorkflowStatus


def test_assigning_writes_a_row_that_stays_when_another_takes_over():
    opportunity, first, second, manager = deal(), sa(), sa(), bid_manager()
    moved(opportunity, Action.ASSIGN, manager, params={"assignee": first})
    row = moved(opportunity, Action.REASSIGN, manager, params={"assignee": second.pk})
    assert (row.assigned_sa, row.workflow_status) == (second, S.ASSIGNED)
    past, running = Assignment.objects.order_by("started_at", "id")
    assert (past.user, past.ended_at) == (first, running.started_at)
    assert (running.user, running.ended_at, running.assigned_by) == (second, None, manager)
    told = opportunity.events.values_list("changes", flat=True)
    assert told[0]["assigned_sa"] == [first.pk, second.pk]


def test_the_former_sa_has_no_right_to_it_any_more():
    opportunity = deal(S.ASSIGNED)
    former = opportunity.assigned_sa
    row = moved(opportunity, Action.REASSIGN, lead())
    assert not access_of(former).may_write_notes(row)
    assert access_of(row.assigned_sa).may_write_notes(row)


@pytest.mark.parametrize("action", [Action.UNASSIGN, Action.DECLINE])
def test_giving_it_back_ends_the_assignment(action):
    opportunity, person = deal(), sa()
    moved(opportunity, Action.ASSIGN, lead(), params={"assignee": person})
    row = moved(opportunity, action, person if action == Action.DECLINE else lead())
    assert (row.assigned_sa, row.assigned_at) == (None, None)
    assert Assignment.objects.get().ended_at


def test_claiming_gives_it_to_who_claims():
    person = sa()
    assert moved(deal(), Action.CLAIM, person).assigned_sa == person


def test_submitting_keeps_what_the_crm_said():
    opportunity = deal(S.IN_ASSESSMENT)
    row = moved(opportunity, Action.SUBMIT, opportunity.assigned_sa)
    row.refresh_from_db()
    facts = row.facts_at_submission
    assert (facts["deal_value"], facts["currency"], facts["stage"]) == (
        "100000.00",
        "EUR",
        "Proposal",
    )
    assert facts["close_date"] == "2027-03-31"
    assert row.submitted_at


def test_submitting_for_the_sa_is_flagged():
    opportunity = deal(S.RETURNED)
    moved(opportunity, Action.SUBMIT, lead())
    assert opportunity.events.get().on_behalf_of == opportunity.assigned_sa


@pytest.mark.parametrize(
    ("status", "action", "decision"),
    [
        (S.IN_REVIEW, Action.APPROVE, "BID"),
        (S.IN_REVIEW, Action.APPROVE_WITH_CONDITIONS, "CONDITIONAL"),
        (S.IN_REVIEW, Action.DECIDE_NO_BID, "NO_BID"),
        (S.NEW, Action.QUICK_NO_BID, "NO_BID"),
        (S.CONDITIONAL, Action.CONDITIONS_MET, "BID"),
        (S.CONDITIONAL, Action.CONDITIONS_FAILED, "NO_BID"),
        (S.APPROVED, Action.REQUALIFY, "NONE"),
    ],
)
def test_the_decision_is_a_fact_of_its_own(status, action, decision):
    row = moved(deal(status), action, bid_manager())
    row.refresh_from_db()
    assert row.decision == decision
    assert row.is_unscored_decision == (action == Action.QUICK_NO_BID)
    assert (row.decided_at is None) == (decision == "NONE")


def test_what_nobody_has_and_nobody_scored_is_requalified_as_new():
    opportunity = deal()
    moved(opportunity, Action.QUICK_NO_BID, lead())
    row = moved(opportunity, Action.REQUALIFY, lead())
    assert (row.workflow_status, row.decision, row.is_unscored_decision) == (S.NEW, "NONE", False)


@pytest.mark.parametrize("status", [S.NEW, S.ASSIGNED, S.RETURNED, S.IN_REVIEW, S.APPROVED])
def test_a_hold_ends_where_it_began(status):
    opportunity = deal(status)
    assert moved(opportunity, Action.HOLD, bid_manager()).workflow_status == S.ON_HOLD
    assert moved(opportunity, Action.RESUME, bid_manager()).workflow_status == status


def test_a_flag_of_the_crm_is_gone_when_it_is_scored_again():
    flag = {"needs_requalification": True, "requalification_changes": [{"field": "stage"}]}
    row = moved(deal(S.APPROVED, **flag), Action.REQUALIFY, lead())
    assert (row.needs_requalification, row.requalification_changes) == (False, [])


CHANGES = [{"field": "deal_value", "old": "50000.00", "new": "100000.00", "at": "2026-11-24"}]


def changed_in_crm(status=S.APPROVED, **more):
    flag = {"needs_requalification": True, "requalification_changes": CHANGES}
    return deal(status, **flag, **more)


@pytest.mark.parametrize("status", RELIED_ON)
def test_a_change_of_the_crm_is_accepted_with_its_reason_and_moves_nothing(status):
    due = datetime(2099, 1, 5, 9, tzinfo=UTC)
    opportunity = changed_in_crm(status, due_at=due, decision="BID")
    row = moved(opportunity, Action.ACCEPT_CRM_CHANGE, bid_manager())
    assert (row.needs_requalification, row.requalification_changes) == (False, [])
    assert (row.workflow_status, row.decision, row.due_at) == (status, "BID", due)
    assert row.facts_at_submission["deal_value"] == "100000.00"
    event = row.events.get()
    assert event.changes == {"deal_value": ["50000.00", "100000.00"]}
    assert event.reason == "Because."


def test_who_takes_up_a_reopened_deal_ends_its_being_new():
    assert not moved(deal(is_reopened=True), Action.ASSIGN, lead()).is_reopened
