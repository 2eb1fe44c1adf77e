"""Each guard refuses, with its name and a sentence, and lets pass."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from opportunities import extensions
from opportunities.domain.errors import GuardFailed
from opportunities.domain.states import TRANSITIONS, Action, Guard, WorkflowStatus
from opportunities.tests.factories import UserFactory
from opportunities.tests.workflow_scene import bid_manager, deal, lead, moved, sa

pytestmark = pytest.mark.django_db
S = WorkflowStatus
REFUSING = re.compile(
    r"(?:GuardFailed|Forbidden|NotVisible|StaleVersion|WrongState|super\(\).__init__)"
    r'\(\s*"([^"{]+)",|GUARD = "([^"]+)"'
)


def refused(opportunity, action, by, **payload):
    """The guard that refused; nothing may have happened."""
    with pytest.raises(GuardFailed) as refusal:
        moved(opportunity, action, by, **payload)
    assert refusal.value.status_code == 409
    assert refusal.value.sentence
    assert not opportunity.events.filter(action=action).exists()
    return refusal.value.guard


def assignee(person):
    return {"params": {"assignee": person}}


@pytest.mark.parametrize(
    "person",
    [
        lambda: None,
        lambda: 0,
        lambda: "x",
        UserFactory,
        lambda: sa(is_active=False),
        lambda: lead(),
    ],
)
def test_only_an_active_sa_is_assigned(person):
    guard = refused(deal(), Action.ASSIGN, bid_manager(), **assignee(person()))
    assert guard == "assignee_is_active_sa"


def test_nobody_is_assigned_what_they_have():
    opportunity = deal(S.ASSIGNED)
    had = assignee(opportunity.assigned_sa)
    assert refused(opportunity, Action.REASSIGN, bid_manager(), **had) == "another_assignee"


def test_claiming_can_be_switched_off(settings):
    settings.CLAIMING = False
    assert refused(deal(), Action.CLAIM, sa()) == Guard.CLAIM_ALLOWED
    settings.CLAIMING = True
    moved(deal(), Action.CLAIM, sa())


def test_an_sa_claims_in_the_own_practice_only():
    opportunity = deal()
    opportunity.practice = "Rail"
    opportunity.save()
    assert refused(opportunity, Action.CLAIM, sa()) == Guard.SAME_PRACTICE


@pytest.mark.parametrize(
    ("value", "currency", "passes"),
    [(250, "EUR", True), (251, "EUR", False), (1, "XXX", False), (None, "EUR", False)],
)
def test_an_sa_claims_up_to_the_limit_of_the_currency(settings, value, currency, passes):
    settings.CLAIM_LIMITS = {"EUR": Decimal(250)}
    opportunity = deal(deal_value=value, currency=currency)
    if passes:
        moved(opportunity, Action.CLAIM, sa())
    else:
        assert refused(opportunity, Action.CLAIM, sa()) == Guard.CLAIM_LIMIT


def test_without_limits_there_is_none(settings):
    settings.CLAIM_LIMITS = {}
    moved(deal(deal_value=10**12), Action.CLAIM, sa())


@pytest.mark.parametrize("status", [S.IN_ASSESSMENT, S.RETURNED])
def test_a_reassignment_needs_a_reason_if_a_draft_exists(status):
    payload = {**assignee(sa()), "reason": "  "}
    assert refused(deal(status), Action.REASSIGN, lead(), **payload) == Guard.REASON_FOR_DRAFT
    moved(deal(S.ASSIGNED), Action.REASSIGN, lead(), **payload)


WANTS_REASON = [Action.UNASSIGN, Action.RETURN, Action.CONDITIONS_FAILED, Action.HOLD]
WANTS_REASON += [Action.REQUALIFY, Action.QUICK_NO_BID, Action.DECIDE_NO_BID]
STATE_FOR = {
    Action.UNASSIGN: S.ASSIGNED,
    Action.CONDITIONS_FAILED: S.CONDITIONAL,
    Action.REQUALIFY: S.APPROVED,
    Action.QUICK_NO_BID: S.NEW,
}


@pytest.mark.parametrize("action", WANTS_REASON)
def test_where_a_reason_is_asked_for_blanks_are_none(action):
    opportunity = deal(STATE_FOR.get(action, S.IN_REVIEW))
    assert refused(opportunity, action, bid_manager(), reason=" \n") == "reason_given"


def test_an_sa_declines_with_a_reason():
    opportunity = deal(S.ASSIGNED)
    by = opportunity.assigned_sa
    assert refused(opportunity, Action.DECLINE, by, reason="") == "reason_given"
    assert moved(opportunity, Action.DECLINE, by).workflow_status == S.NEW


@pytest.mark.parametrize("action", [Action.QUICK_NO_BID, Action.DECIDE_NO_BID])
def test_a_no_bid_needs_a_reason_code(action):
    opportunity = deal(STATE_FOR.get(action, S.IN_REVIEW))
    assert refused(opportunity, action, lead(), reason_code=" ") == "reason_code_given"


def test_a_reason_code_is_no_essay():
    payload = {"reason_code": "x" * 41}
    assert refused(deal(), Action.QUICK_NO_BID, lead(), **payload) == "reason_code_length"


@pytest.mark.parametrize("day", [None, "2026-11-24", date(2026, 11, 24), date(2020, 1, 1), 5])
@time_machine.travel("2026-11-24T09:00Z", tick=False)
def test_a_hold_needs_a_review_date_in_the_future(day):
    payload = {"params": {"review_on": day}}
    assert refused(deal(), Action.HOLD, lead(), **payload) == "review_date_in_future"
    tomorrow = {"params": {"review_on": "2026-11-25"}}
    assert moved(deal(), Action.HOLD, lead(), **tomorrow).hold_review_on == date(2026, 11, 25)


def test_a_review_date_is_a_date():
    payload = {"params": {"review_on": "next week"}}
    assert refused(deal(), Action.HOLD, lead(), **payload) == "review_date"


# --- who decides ------------------------------------------------------------------------------

DECISIONS = [Action.APPROVE, Action.APPROVE_WITH_CONDITIONS, Action.DECIDE_NO_BID]


@pytest.mark.parametrize("action", [*DECISIONS, Action.FIRST_APPROVAL])
def test_nobody_decides_what_they_have_or_have_scored(action, settings):
    settings.SECOND_APPROVAL_LIMITS = {"EUR": Decimal(1)} if action == Action.FIRST_APPROVAL else {}
    both = UserFactory(roles=["SA", "Bid manager"], is_superuser=True)
    has_it = deal(S.IN_REVIEW, assigned_sa=both)
    assert refused(has_it, action, both) == Guard.NOT_OWN_SCORING


def test_who_was_given_it_and_has_not_begun_may_turn_it_down_and_who_has_begun_not():
    both = UserFactory(roles=["SA", "Bid manager"])
    began = deal(S.IN_ASSESSMENT, assigned_sa=both)
    assert refused(began, Action.QUICK_NO_BID, both) == Guard.NOT_OWN_SCORING
    moved(deal(S.ASSIGNED, assigned_sa=both), Action.QUICK_NO_BID, both)


@pytest.mark.parametrize("action", DECISIONS)
def test_who_submitted_on_behalf_does_not_decide_it(action):
    opportunity, manager = deal(S.IN_ASSESSMENT), bid_manager()
    moved(opportunity, Action.SUBMIT, manager)
    assert refused(opportunity, action, manager) == Guard.NOT_OWN_SCORING
    moved(opportunity, action, bid_manager())


def test_nobody_decides_on_behalf_of_the_scorer():
    opportunity = deal(S.IN_REVIEW)
    payload = {"on_behalf_of": opportunity.assigned_sa}
    assert refused(opportunity, Action.APPROVE, bid_manager(), **payload) == Guard.NOT_OWN_SCORING


@pytest.mark.parametrize("action", [Action.CONDITIONS_MET, Action.CONDITIONS_FAILED])
def test_nobody_settles_the_conditions_of_what_they_scored(action):
    both = UserFactory(roles=["SA", "Bid manager"])
    opportunity = deal(S.CONDITIONAL, assigned_sa=both)
    assert refused(opportunity, action, both) == Guard.NOT_OWN_SCORING


@pytest.mark.parametrize("action", DECISIONS)
def test_above_the_limit_a_lead_leaves_the_decision_to_a_bid_manager(action, settings):
    settings.LEAD_LIMITS = {"EUR": Decimal(1000)}
    opportunity = deal(S.IN_REVIEW, deal_value=1001)
    assert refused(opportunity, action, lead()) == Guard.DECISION_LIMIT
    moved(opportunity, action, bid_manager())
    moved(deal(S.IN_REVIEW, deal_value=1000), action, lead())


def test_above_the_second_limit_two_people_approve(settings):
    settings.SECOND_APPROVAL_LIMITS = {"EUR": Decimal(1000)}
    opportunity, first = deal(S.IN_REVIEW, deal_value=1001), bid_manager()
    assert refused(opportunity, Action.APPROVE, first) == Guard.SECOND_APPROVAL
    assert moved(opportunity, Action.FIRST_APPROVAL, first).workflow_status == S.IN_REVIEW
    assert refused(opportunity, Action.APPROVE, first) == Guard.SECOND_APPROVAL
    assert moved(opportunity, Action.APPROVE, bid_manager()).decision == "BID"


def test_a_first_approval_is_given_once_and_only_where_it_is_needed(settings):
    settings.SECOND_APPROVAL_LIMITS = {"EUR": Decimal(1000)}
    small, big = deal(S.IN_REVIEW, deal_value=1000), deal(S.IN_REVIEW, deal_value=1001)
    assert refused(small, Action.FIRST_APPROVAL, lead()) == Guard.SECOND_NEEDED
    moved(big, Action.FIRST_APPROVAL, lead())
    with pytest.raises(GuardFailed, match="The first approval has been given"):
        moved(big, Action.FIRST_APPROVAL, bid_manager())


def test_a_first_approval_does_not_outlive_the_submission(settings):
    settings.SECOND_APPROVAL_LIMITS = {"EUR": Decimal(1)}
    opportunity = deal(S.IN_REVIEW)
    moved(opportunity, Action.FIRST_APPROVAL, lead())
    moved(opportunity, Action.RETURN, lead())
    moved(opportunity, Action.SUBMIT, opportunity.assigned_sa)
    assert refused(opportunity, Action.APPROVE, bid_manager()) == Guard.SECOND_APPROVAL


# --- a change of the CRM ----------------------------------------------------------------------

ACCEPT = Action.ACCEPT_CRM_CHANGE


def test_what_the_crm_has_not_changed_is_not_accepted():
    assert refused(deal(S.APPROVED), ACCEPT, lead()) == Guard.CRM_CHANGED


def test_nobody_accepts_a_change_under_what_they_scored():
    both = UserFactory(roles=["SA", "Bid manager"])
    opportunity = deal(S.APPROVED, assigned_sa=both, needs_requalification=True)
    assert refused(opportunity, ACCEPT, both) == Guard.NOT_OWN_SCORING


def test_a_value_that_grew_beyond_the_limit_is_no_longer_the_leads_to_accept(settings):
    settings.LEAD_LIMITS = {"EUR": Decimal(1000)}
    opportunity = deal(S.APPROVED, deal_value=1001, needs_requalification=True)
    assert refused(opportunity, ACCEPT, lead()) == Guard.DECISION_LIMIT
    moved(opportunity, ACCEPT, bid_manager())


@pytest.mark.parametrize(
    ("status", "decision", "has_two", "passes"),
    [
        (S.APPROVED, "BID", False, False),
        (S.CONDITIONAL, "CONDITIONAL", False, False),
        (S.APPROVED, "BID", True, True),
        (S.NO_BID, "NO_BID", False, True),
        (S.IN_REVIEW, "NONE", False, True),
    ],
)
def test_a_bid_that_grew_beyond_one_approval_is_qualified_again(
    settings, status, decision, has_two, passes
):
    settings.SECOND_APPROVAL_LIMITS = {"EUR": Decimal(1000)}
    first = bid_manager() if has_two else None
    opportunity = deal(
        status,
        deal_value=1001,
        needs_requalification=True,
        decision=decision,
        first_approved_by=first,
    )
    if passes:
        moved(opportunity, ACCEPT, bid_manager())
    else:
        assert refused(opportunity, ACCEPT, bid_manager()) == Guard.APPROVALS_SUFFICE


# --- the rules of other apps ------------------------------------------------------------------


@pytest.mark.parametrize("guard", list(Guard))
def test_a_guard_that_nobody_answers_for_refuses(guard, settings, monkeypatch):
    settings.SECOND_APPROVAL_LIMITS = {}
    rows = [row for row in rules_of(guard) if row.action != Action.FIRST_APPROVAL]
    monkeypatch.setitem(extensions.guards._registered, guard, [])
    for row in rows:
        opportunity = deal(row.sources[0], needs_requalification=True)
        by = {Action.CLAIM: sa(), Action.START: opportunity.assigned_sa}
        assert refused(opportunity, row.action, by.get(row.action, bid_manager())) == guard


def rules_of(guard):
    return [row for row in TRANSITIONS if guard in row.guards]


def test_the_rules_of_one_name_must_all_agree(monkeypatch):
    rules = [*extensions.guards.all(Guard.COMPLETE), lambda context: "FIT has no answer."]
    monkeypatch.setitem(extensions.guards._registered, Guard.COMPLETE, rules)
    opportunity = deal(S.IN_ASSESSMENT)
    with pytest.raises(GuardFailed, match=r"FIT has no answer\."):
        moved(opportunity, Action.SUBMIT, opportunity.assigned_sa)


def test_a_guard_the_table_does_not_name_cannot_be_registered():
    with pytest.raises(ValueError, match="is not a valid Guard"):
        extensions.guards.register(lambda context: None, "mood")


def test_every_name_of_a_refusal_is_a_snake_case_word():
    names = [guard.value for guard in Guard]
    for app in ("opportunities", "assessments"):
        for file in Path(settings.BASE_DIR, app).rglob("*.py"):
            if not {"tests", "migrations"} & set(file.parts):
                found = REFUSING.findall(file.read_text())
                names += [called or named for called, named in found]
    assert {"visible", "right", "state", "answers_valid", "draft_unchanged"} <= set(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []
