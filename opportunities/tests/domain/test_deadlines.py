"""How the clocks run along a deal's way."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from opportunities.domain.clocks import ClockState
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Channel
from opportunities.tests.workflow_scene import bid_manager, deal, lead, moved
from opportunities.workflow.services import opportunity_edit

pytestmark = pytest.mark.django_db
S = WorkflowStatus
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def november(day, hour=9):
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "action", "due"),
    [
        (S.NEW, Action.ASSIGN, november(25)),
        (S.ASSIGNED, Action.UNASSIGN, november(24)),
        (S.IN_ASSESSMENT, Action.SUBMIT, november(25)),
        (S.IN_REVIEW, Action.RETURN, november(30)),
        (S.IN_REVIEW, Action.WITHDRAW, november(30)),
        (S.NO_BID, Action.REQUALIFY, november(30)),
        (S.IN_ASSESSMENT, Action.REASSIGN, november(30)),
        (S.IN_REVIEW, Action.APPROVE, None),
        (S.NEW, Action.QUICK_NO_BID, None),
    ],
)
def test_each_state_has_its_days(status, action, due):
    with time_machine.travel(MONDAY, tick=False):
        row = moved(deal(status), action, bid_manager())
    assert row.due_at == due


def test_the_days_to_submit_count_from_the_assignment():
    opportunity = deal(S.ASSIGNED, assigned_at=november(23))
    with time_machine.travel(november(25), tick=False):
        row = moved(opportunity, Action.START, opportunity.assigned_sa)
    assert (row.due_at, row.first_assessment_at) == (november(30), november(25))


def test_a_company_sets_its_own_days(settings):
    settings.CLOCK_DECIDE_DAYS = 4
    settings.HOLIDAYS = [date(2026, 11, 26)]
    opportunity = deal(S.IN_ASSESSMENT)
    with time_machine.travel(MONDAY, tick=False):
        row = moved(opportunity, Action.SUBMIT, opportunity.assigned_sa)
    assert row.due_at == november(30)
    settings.CLOCK_DECIDE_DAYS = 1
    row.refresh_from_db()
    assert row.due_at == november(30)


def test_three_working_days_on_hold_move_the_due_time_by_three_working_days():
    opportunity = deal(S.IN_ASSESSMENT)
    with time_machine.travel(november(19), tick=False):  # A Thursday.
        submitted = moved(opportunity, Action.SUBMIT, opportunity.assigned_sa)
        assert (submitted.due_at, submitted.due_soon_at) == (november(23), november(20, 21))
        moved(opportunity, Action.HOLD, lead())
    with time_machine.travel(november(24), tick=False):  # Thursday, Friday, Monday were held.
        row = moved(opportunity, Action.RESUME, lead())
    assert (row.workflow_status, row.due_at) == (S.IN_REVIEW, november(26))
    assert row.due_soon_at == november(25, 21)
    assert (row.held_at, row.hold_review_on, row.status_before_hold) == (None, None, "")


def test_a_deal_on_hold_is_never_overdue():
    opportunity = deal(S.IN_REVIEW, due_at=november(1), due_soon_at=november(1))
    assert opportunity.clock_state(MONDAY) == ClockState.OVERDUE
    assert moved(opportunity, Action.HOLD, lead()).clock_state(MONDAY) == ClockState.NONE


def set_bid_due(opportunity, day):
    row = opportunity_edit(
        opportunity=opportunity, by=lead(), values={"bid_due_on": day}, channel=Channel.SCREEN
    )
    return row.due_at


def test_a_bid_that_is_due_sooner_shortens_the_clock_and_a_later_one_no_longer_does():
    opportunity = deal(S.ASSIGNED)
    with time_machine.travel(MONDAY, tick=False):
        started = moved(opportunity, Action.START, opportunity.assigned_sa)
    assert started.due_at == november(30)
    # Three days before the 29th, to the end of the day.
    assert set_bid_due(opportunity, date(2026, 11, 29)) == november(27, 0)
    assert set_bid_due(opportunity, date(2026, 12, 29)) == november(30)
    assert set_bid_due(opportunity, None) == november(30)


def test_the_next_clock_is_shortened_as_well():
    opportunity = deal(S.IN_ASSESSMENT, bid_due_on=date(2026, 11, 26))
    with time_machine.travel(MONDAY, tick=False):
        row = moved(opportunity, Action.SUBMIT, opportunity.assigned_sa)
    assert row.due_at == november(24, 0)
