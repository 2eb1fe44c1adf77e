from datetime import UTC, date, datetime

import pytest
import time_machine

from opportunities.access.roles import Role
from opportunities.domain.errors import Forbidden, GuardFailed, StaleVersion
from opportunities.domain.states import Action, Priority, WorkflowStatus
from opportunities.models import Channel, Opportunity
from opportunities.tests.factories import UserFactory
from opportunities.tests.workflow_scene import FAR_OFF, bid_manager, deal, lead, sa
from opportunities.workflow import services
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db
S = WorkflowStatus
SCREEN = {"channel": Channel.SCREEN}


def test_a_deal_goes_through_many_hands():
    opportunity, first, second = deal(), sa(), sa()
    boss = {"opportunity": opportunity, "by": lead(), **SCREEN}
    assert (
        apply_transition(action=Action.ASSIGN, params={"assignee": first}, **boss).assigned_sa
        == first
    )
    assert (
        apply_transition(action=Action.REASSIGN, params={"assignee": second}, **boss).assigned_sa
        == second
    )
    held = apply_transition(
        action=Action.HOLD, reason="Budget.", params={"review_on": FAR_OFF}, **boss
    )
    assert (held.workflow_status, held.hold_review_on) == (S.ON_HOLD, FAR_OFF)
    assert apply_transition(action=Action.RESUME, **boss).workflow_status == S.ASSIGNED
    assert (
        apply_transition(action=Action.UNASSIGN, reason="Too much.", **boss).workflow_status
        == S.NEW
    )
    own = {"opportunity": opportunity, "by": first, **SCREEN}
    assert apply_transition(action=Action.CLAIM, **own).assigned_sa == first
    assert apply_transition(action=Action.DECLINE, reason="On leave.", **own).assigned_sa is None
    row = apply_transition(
        action=Action.QUICK_NO_BID, reason_code="NO_TIME", reason="Not ours.", **boss
    )
    assert (row.decision, row.is_unscored_decision) == ("NO_BID", True)
    assert opportunity.events.count() == row.lock_version == 8


# --- comments ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.SA, Role.LEAD, Role.BID_MANAGER])
def test_who_works_on_bids_comments_and_a_comment_is_an_event(role):
    opportunity, person = deal(S.IN_REVIEW), UserFactory(roles=[role])
    services.opportunity_comment(opportunity=opportunity, by=person, text=" Ask them. ", **SCREEN)
    event = opportunity.events.get()
    assert (event.action, event.actor, event.reason) == ("COMMENT", person, "Ask them.")
    assert event.from_status == event.to_status == S.IN_REVIEW


def test_a_sales_owner_comments_on_own_deals_only():
    ana = UserFactory(roles=[Role.SALES_OWNER], crm_owner_name="ana silva")
    payload = {"by": ana, "text": "They called.", **SCREEN}
    services.opportunity_comment(opportunity=deal(sales_owner="Ana Silva"), **payload)
    with pytest.raises(Forbidden):
        services.opportunity_comment(opportunity=deal(sales_owner="Bo Li"), **payload)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_who_only_reads_does_not_comment(role):
    with pytest.raises(Forbidden, match="people who work on bids"):
        services.opportunity_comment(
            opportunity=deal(), by=UserFactory(roles=[role]), text="x", **SCREEN
        )


def test_a_comment_says_something():
    with pytest.raises(GuardFailed, match="Write a comment"):
        services.opportunity_comment(opportunity=deal(), by=lead(), text="  ", **SCREEN)


# --- notes and bid due date -------------------------------------------------------------------


def test_the_sa_writes_notes_and_the_desk_writes_them_on_behalf():
    opportunity = deal(S.ASSIGNED)
    own = opportunity.assigned_sa
    services.opportunity_edit(
        opportunity=opportunity, by=own, values={"sa_notes": "Mine."}, **SCREEN
    )
    services.opportunity_edit(
        opportunity=opportunity, by=lead(), values={"sa_notes": "Ours."}, **SCREEN
    )
    newest, first = opportunity.events.all()
    assert (first.on_behalf_of, newest.on_behalf_of) == (None, own)
    assert newest.changes == {"sa_notes": ["Mine.", "Ours."]}


@pytest.mark.parametrize("person", [sa, UserFactory, lambda: UserFactory(is_superuser=True)])
def test_nobody_else_writes_notes_dates_or_priorities(person):
    who = {"opportunity": deal(S.ASSIGNED), "by": person(), **SCREEN}
    with pytest.raises(Forbidden, match="Only the assigned SA"):
        services.opportunity_edit(values={"sa_notes": "x"}, **who)
    with pytest.raises(Forbidden):
        services.opportunity_edit(values={"bid_due_on": FAR_OFF}, **who)
    with pytest.raises(Forbidden):
        services.opportunity_edit(values={"priority": Priority.HIGH}, **who)


def test_the_same_notes_again_are_no_event():
    opportunity = deal(sa_notes="Same.")
    services.opportunity_edit(
        opportunity=opportunity, by=lead(), values={"sa_notes": "Same."}, **SCREEN
    )
    assert not opportunity.events.exists()


def test_notes_written_on_an_older_version_are_refused():
    opportunity = deal()
    payload = {"opportunity": opportunity, "by": lead(), "expected_version": 0, **SCREEN}
    services.opportunity_edit(values={"sa_notes": "First."}, **payload)
    with pytest.raises(StaleVersion):
        services.opportunity_edit(values={"sa_notes": "Second."}, **payload)
    opportunity.refresh_from_db()
    assert opportunity.sa_notes == "First."


def test_a_bid_due_date_is_an_event():
    opportunity = deal()
    services.opportunity_edit(
        opportunity=opportunity, by=bid_manager(), values={"bid_due_on": date(2027, 2, 1)}, **SCREEN
    )
    assert opportunity.events.get().changes == {"bid_due_on": [None, "2027-02-01"]}


# --- what changed since I last looked ---------------------------------------------------------


def changed_for(person):
    return set(Opportunity.objects.changed_since_last_look(person))


def test_what_changed_since_the_last_look_is_told_to_each_by_itself():
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    me, other = lead(), lead()
    synced, commented, same, _ = deal(), deal(), deal(), deal()
    Opportunity.objects.update(last_synced_at=now)
    with time_machine.travel(now.replace(hour=10), tick=False):
        for each in (synced, commented, same):
            assert services.opportunity_mark_seen(opportunity=each, by=me) is None
    assert changed_for(me) == set()
    with time_machine.travel(now.replace(hour=11), tick=False):
        Opportunity.objects.filter(pk=synced.pk).update(last_synced_at=now.replace(hour=11))
        services.opportunity_comment(opportunity=commented, by=other, text="x", **SCREEN)
        services.opportunity_comment(opportunity=same, by=me, text="my own", **SCREEN)
    assert changed_for(me) == {synced, commented}
    assert changed_for(other) == set()
    with time_machine.travel(now.replace(hour=12), tick=False):
        seen = services.opportunity_mark_seen(opportunity=synced, by=me)
    assert seen == now.replace(hour=10)
    assert changed_for(me) == {commented}


def test_the_mark_of_a_list_costs_one_query(django_assert_num_queries):
    me = lead()
    for each in [deal() for _ in range(9)]:
        services.opportunity_mark_seen(opportunity=each, by=me)
    with django_assert_num_queries(1):
        assert not any(row.is_changed_since for row in Opportunity.objects.with_last_look(me))
