"""The table is the test: what it allows is done, everything else is refused by name."""

import itertools
from decimal import Decimal

import pytest

from opportunities import extensions
from opportunities.access.roles import Role
from opportunities.domain.errors import Forbidden, NotVisible, StaleVersion, WrongState
from opportunities.domain.states import (
    BY_ACTION,
    TRANSITIONS,
    Action,
    Right,
    Target,
    WorkflowStatus,
)
from opportunities.models import Assignment, Channel
from opportunities.tests.factories import UserFactory
from opportunities.tests.workflow_scene import (
    PRACTICE,
    WITH_AN_SA,
    bid_manager,
    deal,
    every_word,
    lead,
    moved,
    sa,
    state_of,
)
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db

EVERY_PAIR = list(itertools.product(WorkflowStatus, Action))
IN_TABLE = [(status, row.action) for row in TRANSITIONS for status in row.sources]
OUTSIDE = [pair for pair in EVERY_PAIR if pair not in IN_TABLE]
S = WorkflowStatus


# Everybody who might try, each by role; "own" has the deal.
PEOPLE = {
    "own SA": lambda opportunity: opportunity.assigned_sa or sa(),
    "another SA": lambda opportunity: sa(),
    "lead": lambda opportunity: lead(),
    "lead of another practice": lambda opportunity: UserFactory(roles=[Role.LEAD], leads=["Rail"]),
    "bid manager": lambda opportunity: bid_manager(),
    "sales owner": lambda opportunity: UserFactory(roles=[Role.SALES_OWNER]),
    "viewer": lambda opportunity: UserFactory(roles=[Role.VIEWER]),
    "administrator": lambda opportunity: UserFactory(roles=[Role.ADMINISTRATOR]),
    "superuser": lambda opportunity: UserFactory(is_superuser=True),
    "nobody in particular": lambda opportunity: UserFactory(),
}


def tries(opportunity, pairs):
    """Who and action: everybody, with each that the pairs have for the opportunity's state."""
    actions = [action for status, action in pairs if status == opportunity.workflow_status]
    for who, made in PEOPLE.items():
        person = made(opportunity)
        yield from ((who, person, action) for action in actions)


RIGHTS_OF = {
    "own SA": {Right.ASSIGNEE, Right.SUBMITTER, Right.SOLUTION_ARCHITECT},
    "another SA": {Right.SOLUTION_ARCHITECT},
    "lead": {Right.LEAD},
    "bid manager": {Right.BID_MANAGER},
}


def may(who, status, action) -> bool:
    """By the table: "own SA" owns nothing where nobody has the deal."""
    rights = RIGHTS_OF.get(who, set())
    if status not in WITH_AN_SA:
        rights = rights - {Right.ASSIGNEE, Right.SUBMITTER}
    return bool(rights & set(BY_ACTION[action].rights))


def test_the_table_has_each_action_once_and_nothing_enters_or_leaves_the_crm_but_the_sync():
    assert [row.action for row in TRANSITIONS] == list(Action)
    for row in TRANSITIONS:
        touches = row.target == S.CLOSED_IN_CRM or S.CLOSED_IN_CRM in row.sources
        assert touches == row.is_system, row.action


@pytest.mark.parametrize("status", WorkflowStatus)
def test_what_the_table_has_not_is_refused_to_every_role(status):
    opportunity, words = deal(status), every_word()
    for who, person, action in tries(opportunity, OUTSIDE):
        with pytest.raises(WrongState) as refusal:
            moved(opportunity, action, person, words)
        assert (refusal.value.status_code, refusal.value.guard) == (409, "state"), (who, action)
        assert status.label in refusal.value.sentence
    assert state_of(opportunity) == status
    assert not opportunity.events.exists()


@pytest.mark.parametrize("status", WorkflowStatus)
def test_what_the_table_has_is_forbidden_to_those_it_does_not_name(status):
    opportunity, words = deal(status), every_word()
    for who, person, action in tries(opportunity, IN_TABLE):
        if not may(who, status, action):
            with pytest.raises(Forbidden) as refusal:
                moved(opportunity, action, person, words)
            assert (refusal.value.status_code, refusal.value.guard) == (403, "right"), (who, action)
    assert state_of(opportunity) == status
    assert not opportunity.events.exists()


BY_PEOPLE = [
    (status, action, who)
    for status, action in IN_TABLE
    for who in RIGHTS_OF
    if may(who, status, action)
]


@pytest.mark.shared_out
@pytest.mark.parametrize(("status", "action", "who"), BY_PEOPLE)
def test_what_the_table_has_is_done_by_those_it_names_with_one_event(status, action, who, settings):
    settings.SECOND_APPROVAL_LIMITS = {"EUR": Decimal(1)} if action == Action.FIRST_APPROVAL else {}
    opportunity = deal(status, needs_requalification=True)
    person = PEOPLE[who](opportunity)
    row = moved(opportunity, action, person, expected_version=0)
    expected = BY_ACTION[action].target
    if expected is Target.SAME:
        expected = status
    elif isinstance(expected, Target):
        expected = S.IN_ASSESSMENT
    event = opportunity.events.get()
    assert state_of(opportunity) == row.workflow_status == expected
    assert (event.action, event.actor, event.channel) == (action, person, Channel.SCREEN)
    assert (event.from_status, event.to_status, event.reason) == (status, expected, "Because.")
    assert row.lock_version == 1


# --- the order and the door -------------------------------------------------------------------


def test_who_saw_an_older_version_is_told_and_nothing_is_done():
    opportunity, manager = deal(S.IN_REVIEW), bid_manager()
    moved(opportunity, Action.RETURN, manager, expected_version=0)
    with pytest.raises(StaleVersion, match="its state is now Returned") as refusal:
        moved(opportunity, Action.APPROVE, manager, expected_version=0)
    assert refusal.value.status_code == 409
    assert opportunity.events.count() == 1


def test_a_deal_out_of_sight_is_not_found_and_one_that_is_not_there_the_same(settings):
    settings.RESTRICT_VISIBILITY = True
    stranger = UserFactory(roles=[Role.SA], practices=["Rail"])
    for pk in (deal().pk, 0):
        with pytest.raises(NotVisible) as refusal:
            moved(pk, Action.CLAIM, stranger)
        assert refusal.value.status_code == 404


def test_somebody_who_was_deactivated_may_do_nothing_any_more():
    manager = bid_manager(is_active=False)
    with pytest.raises(NotVisible):
        moved(deal(), Action.ASSIGN, manager)


def test_a_refused_effect_takes_everything_back(monkeypatch):
    def fails(context):
        raise RuntimeError

    monkeypatch.setitem(extensions.effects._registered, Action.ASSIGN, [fails])
    opportunity = deal()
    with pytest.raises(RuntimeError):
        moved(opportunity, Action.ASSIGN, bid_manager())
    assert state_of(opportunity) == S.NEW
    assert not Assignment.objects.exists()


def test_a_move_costs_a_fixed_number_of_queries(django_assert_max_num_queries):
    opportunity, manager, person = deal(), bid_manager(), sa()
    with django_assert_max_num_queries(16):
        apply_transition(
            opportunity,
            Action.ASSIGN,
            by=manager,
            channel=Channel.API,
            params={"assignee": person.pk},
        )


def test_a_lead_is_a_lead_only_with_the_role():
    no_role = UserFactory(leads=[PRACTICE])
    with pytest.raises(Forbidden, match="an SA lead of the practice or a bid manager"):
        moved(deal(), Action.ASSIGN, no_role)
