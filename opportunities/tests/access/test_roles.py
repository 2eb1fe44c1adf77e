"""Who is who, who sees what, and what is offered to whom."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission

from opportunities.access.roles import Role, access_of
from opportunities.domain.states import TRANSITIONS, Action, Guard, WorkflowStatus
from opportunities.models import Opportunity
from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.workflow_scene import PRACTICE, bid_manager, deal, lead, sa
from opportunities.workflow.available import allowed_actions

pytestmark = pytest.mark.django_db
S = WorkflowStatus


def test_the_migration_makes_the_groups_and_may_run_again():
    migration = importlib.import_module("opportunities.migrations.0005_roles")
    before = Group.objects.count()
    migration.make_groups(apps, None)
    migration.make_groups(apps, None)
    groups = Group.objects.in_bulk(field_name="name")
    assert set(Role.values) <= set(groups)
    assert Group.objects.count() in (before, len(Role))
    own = Permission.objects.filter(content_type__app_label="opportunities")
    rights = {
        name: set(own.filter(group__name=name).values_list("codename", flat=True))
        for name in Role.values
    }
    assert "change_opportunity" in rights[Role.SA]
    assert {"view_opportunity"} <= rights[Role.VIEWER]
    assert "change_practicemembership" in rights[Role.ADMINISTRATOR]


def test_a_standing_is_loaded_once_in_one_query(django_assert_num_queries):
    person = UserFactory(
        roles=[Role.SA, Role.LEAD], practices=["A"], leads=["B", "C"], crm_owner_name="Ana"
    )
    with django_assert_num_queries(1):
        access = access_of(person)
        assert access_of(person) is access
    assert access.roles == {"SA", "SA lead"}
    assert access.practices == {"A", "B", "C"}
    assert access.practices_led == {"B", "C"}
    assert access.crm_owner_name == "Ana"


def test_nobody_has_no_standing():
    with pytest.raises(ValueError, match="Nobody is signed in"):
        access_of(AnonymousUser())


# --- visibility -------------------------------------------------------------------------------


def seen_by(person):
    rows = Opportunity.objects.visible_to(access_of(person))
    return set(rows.values_list("name", flat=True))


def some_deals(person):
    OpportunityFactory(name="own", assigned_sa=person, practice="Rail", sales_owner="Bo")
    OpportunityFactory(name="practice", practice="Cloud", sales_owner="Bo")
    OpportunityFactory(name="sold", practice="Rail", sales_owner="ANA SILVA")
    OpportunityFactory(name="other", practice="Rail", sales_owner=None)
    OpportunityFactory(name="nowhere", practice=None, sales_owner="Bo")
    return {"own", "practice", "sold", "other", "nowhere"}


def test_by_default_everybody_signed_in_sees_everything():
    person = UserFactory()
    everything = some_deals(person)
    assert seen_by(person) == everything


@pytest.mark.parametrize(
    ("details", "seen"),
    [
        ({"roles": [Role.SA], "practices": ["Cloud"]}, {"own", "practice"}),
        ({"roles": [Role.LEAD], "leads": ["Cloud"]}, {"own", "practice"}),
        ({"roles": [Role.SALES_OWNER], "crm_owner_name": "Ana Silva"}, {"own", "sold"}),
        ({}, {"own"}),
    ],
)
def test_narrowed_people_see_their_own_and_their_practices(settings, details, seen):
    settings.RESTRICT_VISIBILITY = True
    person = UserFactory(**details)
    some_deals(person)
    assert seen_by(person) == seen


@pytest.mark.parametrize(
    "details",
    [
        {"roles": [Role.BID_MANAGER]},
        {"roles": [Role.VIEWER]},
        {"roles": [Role.ADMINISTRATOR]},
        {"is_superuser": True},
    ],
)
def test_some_roles_see_everything_all_the_same(settings, details):
    settings.RESTRICT_VISIBILITY = True
    person = UserFactory(**details)
    everything = some_deals(person)
    assert seen_by(person) == everything


def test_the_api_narrows_lists_details_and_look_ups_alike(settings):
    settings.RESTRICT_VISIBILITY = True
    other = OpportunityFactory(practice="Rail")
    api = any_user()
    assert api.get("/api/opportunities").json()["count"] == 0
    assert api.get(f"/api/opportunities/{other.pk}").status_code == 404
    assert api.get(f"/api/oracle-opportunity/{other.remote_id}").status_code == 404


# --- what is offered --------------------------------------------------------------------------


def offers(opportunity, person):
    return {each.action: each for each in allowed_actions(opportunity, access_of(person))}


@pytest.mark.parametrize("status", list(S))
def test_what_is_offered_are_the_people_s_rows_of_the_table(status):
    offered = list(offers(deal(status), bid_manager()))
    rows = [row.action for row in TRANSITIONS if status in row.sources and not row.is_system]
    assert offered == rows


def test_an_offer_says_what_it_asks_for_or_what_refuses_it():
    offered = offers(deal(S.NEW), lead())
    assert [ask.value for ask in offered[Action.HOLD].required_inputs] == ["reason", "review_on"]
    assert offered[Action.ASSIGN].is_allowed
    claim = offered[Action.CLAIM]
    assert (claim.is_allowed, claim.guard, claim.refusal) == (
        False,
        "right",
        "Only an SA can do this.",
    )


def test_an_offer_knows_the_guards_that_need_no_input():
    both = UserFactory(roles=[Role.SA, Role.BID_MANAGER], practices=[PRACTICE])
    own = offers(deal(S.IN_REVIEW, assigned_sa=both), both)
    assert own[Action.APPROVE].guard == Guard.NOT_OWN_SCORING
    assert own[Action.RETURN].is_allowed
    reassign = offers(deal(S.IN_ASSESSMENT), both)[Action.REASSIGN]
    assert reassign.is_allowed


@pytest.mark.parametrize("person", [lambda: UserFactory(is_superuser=True), sa])
def test_who_has_no_right_is_offered_nothing(person):
    offered = offers(deal(S.IN_REVIEW), person())
    assert not any(each.is_allowed for each in offered.values())


def test_offers_cost_few_queries_in_any_state(django_assert_max_num_queries):
    manager = bid_manager()
    access_of(manager)
    for status in S:
        opportunity = deal(status)
        with django_assert_max_num_queries(6):
            allowed_actions(opportunity, access_of(manager))
