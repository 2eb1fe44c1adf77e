"""Who is away has a deputy, who does the work in their name and no more."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from assessments.decisions.conditions import condition_settle, conditions_of
from assessments.decisions.scorers import scorers_of
from assessments.drafts.drafts import save_answers
from assessments.models import ConditionState
from assessments.tests.factories import in_review
from audit.models import AuditEvent
from opportunities.access.roles import Role, access_of
from opportunities.access.who_sees import people_who_see
from opportunities.domain.errors import Forbidden, GuardFailed
from opportunities.domain.states import Action, Guard, WorkflowStatus
from opportunities.models import Absence, Channel, Opportunity
from opportunities.tests.admin_clients import administrator
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.workflow_scene import PRACTICE, bid_manager, deal, lead, moved, sa
from opportunities.workflow.available import allowed_actions

pytestmark = pytest.mark.django_db
URL, ADMIN = "/api/me/absences", "/admin/opportunities/absence/"
S, DAY = WorkflowStatus, timedelta(days=1)


def away(user, deputy, starts=None, ends=None):
    today = localdate()
    return Absence.objects.create(
        user=user, deputy=deputy, starts=starts or today, ends=ends or today + 6 * DAY
    )


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def ask(user, deputy, starts, ends):
    body = {"deputy": str(deputy.pk), "starts": f"{starts}", "ends": f"{ends}"}
    return client_of(fresh(user)).post(URL, body, format="json")


def sections_of(user):
    answer = client_of(fresh(user)).get("/api/for-you").json()
    return {
        each["name"]: [(row["name"], row["why"]) for row in each["rows"]]
        for each in answer["sections"]
    }


# --- saying it --------------------------------------------------------------------------------


def test_a_person_says_when_they_are_away_and_takes_it_back():
    me, deputy = sa(first_name="Ana", last_name="Silva"), sa()
    made = ask(me, deputy, localdate() + DAY, localdate() + 5 * DAY)
    assert made.status_code == 201
    assert made.json()["person"] == {"id": str(me.pk), "name": "Ana Silva"}
    for person in (me, deputy):
        assert [each["id"] for each in client_of(person).get(URL).json()] == [made.json()["id"]]
    address = f"{URL}/{made.json()['id']}"
    assert client_of(deputy).delete(address).status_code == 404
    assert client_of(me).delete(address).status_code == 204
    assert client_of(me).delete(address).status_code == 404
    told = AuditEvent.objects.filter(kind="absence.changed").order_by("pk")
    assert [each.details["what"] for each in told] == ["added", "deleted"]
    assert {each.details["deputy"] for each in told} == {deputy.pk}


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"ends": -1}, "ends", "Choose a last day that is not over."),
        ({"starts": 9}, "ends", "Choose a last day on or after the first day."),
        ({"deputy": "me"}, "ends", "Choose someone else as the deputy."),
        ({"deputy": "viewer"}, "deputy", "The deputy needs the same role: SA."),
        ({"deputy": "left"}, "deputy", "Choose an active person."),
        ({"deputy": "away"}, "deputy", "The deputy is away on some of these days."),
        ({"user": "deputy of another"}, "starts", "Whoever stands in for someone"),
        ({"user": "away"}, "starts", "There is an absence on some of these days already."),
    ],
)
def test_no_chain_no_overlap_and_no_deputy_without_the_role(change, field, sentence):
    people = {"me": sa(), "deputy": sa(), "viewer": UserFactory(), "left": sa(is_active=False)}
    people |= {"away": sa(), "deputy of another": sa()}
    away(people["away"], people["deputy of another"])
    user, deputy = people[change.get("user", "me")], people[change.get("deputy", "deputy")]
    days = [localdate() + change.get(name, 2) * DAY for name in ("starts", "ends")]
    answer = ask(user, deputy, *days)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["field"], error["detail"][: len(sentence)]) == (field, sentence)


def test_an_administrator_says_it_for_others_and_it_is_on_record():
    me, deputy = sa(), sa()
    sent = {"user": me.pk, "deputy": deputy.pk, "starts": localdate(), "ends": localdate() + DAY}
    browser = administrator()
    assert browser.post(f"{ADMIN}add/", sent).status_code == 302
    chain = browser.post(f"{ADMIN}add/", {**sent, "user": deputy.pk, "deputy": sa().pk})
    assert "starts" in chain.context["adminform"].form.errors
    address = f"{ADMIN}{Absence.objects.get().pk}"
    browser.post(f"{address}/delete/", {"post": "yes"})
    told = AuditEvent.objects.filter(kind="absence.changed").order_by("pk")
    assert [each.details["what"] for each in told] == ["added", "deleted"]
    assert {each.about_id for each in told} == {str(me.pk)}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole database")
@pytest.mark.parametrize("by_admin", [True, False])
def test_both_are_locked_so_that_two_at_once_make_no_chain(by_admin):
    me, deputy = sa(), sa()
    sent = {"user": me.pk, "deputy": deputy.pk, "starts": localdate(), "ends": localdate()}
    browser = administrator()
    with CaptureQueriesContext(connection) as queries:
        if by_admin:
            browser.post(f"{ADMIN}add/", sent)
        else:
            ask(me, deputy, sent["starts"], sent["ends"])
    assert Absence.objects.exists()
    assert any("FOR UPDATE" in query["sql"] for query in queries.captured_queries)


# --- what the deputy may ----------------------------------------------------------------------


def test_the_deputy_answers_and_submits_in_the_name_of_who_is_away():
    me, deputy = sa(), sa()
    row = deal(S.ASSIGNED, assigned_sa=me)
    with pytest.raises(Forbidden):
        save_answers(opportunity=row, by=fresh(deputy), expected_version=0, channel=Channel.SCREEN)
    away(me, deputy)
    by = fresh(deputy)
    draft = save_answers(
        opportunity=row,
        by=by,
        expected_version=0,
        channel=Channel.SCREEN,
        recorded={"confidence": "HIGH"},
    )
    assert draft.field_saves["confidence"]["on_behalf_of"] == me.pk
    event = row.events.first()
    assert (event.action, event.actor, event.on_behalf_of) == (Action.START, deputy, me)
    assert {me.pk, deputy.pk} <= scorers_of(Opportunity.objects.get(pk=row.pk))


def test_the_deputy_of_a_lead_decides_and_the_trail_says_for_whom():
    me, deputy = lead(), UserFactory(roles=[Role.LEAD], leads=["Data"])
    away(me, deputy)
    row = in_review(practice=PRACTICE)
    assert [name for name, _ in sections_of(deputy)["decide"]] == [row.name]
    moved(row, Action.APPROVE, fresh(deputy))
    event = row.events.first()
    assert (event.actor, event.on_behalf_of) == (deputy, me)


def test_a_deputy_with_the_right_of_their_own_acts_for_themselves():
    me, deputy = lead(), lead()
    away(me, deputy)
    row = in_review(practice=PRACTICE)
    moved(row, Action.APPROVE, fresh(deputy))
    assert row.events.first().on_behalf_of is None


def test_a_role_that_is_taken_away_ends_the_deputy_s_rights():
    me, deputy = lead(), UserFactory(roles=[Role.LEAD], leads=["Data"])
    away(me, deputy)
    row = in_review(practice=PRACTICE)
    me.groups.clear()
    with pytest.raises(Forbidden):
        moved(row, Action.APPROVE, fresh(deputy))


def test_who_is_no_sa_any_more_has_no_assessment_to_pass_on():
    me, deputy = sa(), sa()
    row = deal(S.ASSIGNED, assigned_sa=me)
    away(me, deputy)
    me.groups.clear()
    with pytest.raises(Forbidden):
        save_answers(opportunity=row, by=fresh(deputy), expected_version=0, channel=Channel.SCREEN)


def test_whoever_scored_it_does_not_decide_it_by_a_deputy():
    me = UserFactory(roles=[Role.LEAD, Role.SA], leads=[PRACTICE])
    deputy = UserFactory(roles=[Role.LEAD, Role.SA], leads=["Data"])
    row = deal(S.IN_REVIEW, assigned_sa=me)
    away(me, deputy)
    by = fresh(deputy)
    offered = {each.action: each for each in allowed_actions(row, access_of(by))}
    assert offered[Action.APPROVE].guard == Guard.NOT_OWN_SCORING
    with pytest.raises(GuardFailed, match="You scored this"):
        moved(row, Action.APPROVE, by)


def test_a_deputy_does_not_give_the_second_approval_for_who_gave_the_first(settings):
    settings.SECOND_APPROVAL_LIMITS = {"EUR": Decimal(1)}
    me, deputy = (
        lead(first_name="Ana", last_name="Silva"),
        UserFactory(roles=[Role.LEAD], leads=["Data"]),
    )
    row = in_review(practice=PRACTICE)
    moved(row, Action.FIRST_APPROVAL, me)
    away(me, deputy)
    with pytest.raises(GuardFailed, match="Ana Silva, for whom you act, gave the first approval"):
        moved(row, Action.APPROVE, fresh(deputy))


def test_a_deputy_marks_the_condition_of_who_is_away_as_met():
    me, deputy = sa(), sa()
    row = in_review(practice=PRACTICE)
    condition = {"text": "Price", "owner": me, "due_on": date(2099, 1, 1)}
    moved(row, Action.APPROVE_WITH_CONDITIONS, bid_manager(), params={"conditions": [condition]})
    (condition,) = conditions_of(row)
    settle = {"condition": condition, "state": ConditionState.MET, "channel": Channel.SCREEN}
    with pytest.raises(Forbidden):
        condition_settle(by=fresh(deputy), **settle)
    away(me, deputy)
    assert [name for name, _ in sections_of(deputy)["conditions"]] == [row.name]
    condition_settle(by=fresh(deputy), **settle)
    event = row.events.first()
    assert (event.actor, event.on_behalf_of) == (deputy, me)


# --- what the deputy sees ---------------------------------------------------------------------


def test_the_work_of_who_is_away_stands_with_the_deputy_while_it_lasts():
    me, deputy = sa(first_name="Ana", last_name="Silva"), sa()
    row = deal(S.ASSIGNED, assigned_sa=me)
    away(me, deputy)
    assert sections_of(deputy)["to_do"] == [(row.name, "For Ana Silva, who is away")]
    assert sections_of(me)["to_do"] == [(row.name, "")]
    with time_machine.travel(localdate() + 7 * DAY):
        assert sections_of(deputy)["to_do"] == []


@pytest.mark.parametrize("is_away", [True, False])
def test_a_deputy_sees_what_the_absent_see_where_visibility_is_restricted(settings, is_away):
    settings.RESTRICT_VISIBILITY = True
    me = UserFactory(roles=[Role.LEAD, Role.SA], leads=["Cloud"], crm_owner_name="Ana Silva")
    deputy = UserFactory(roles=[Role.LEAD, Role.SA], leads=["Data"])
    rows = [
        OpportunityFactory(name="assigned", practice="Rail", assigned_sa=me),
        OpportunityFactory(name="led", practice="Cloud"),
        OpportunityFactory(name="sold", practice="Rail", sales_owner="Ana Silva"),
        OpportunityFactory(name="neither", practice="Rail"),
    ]
    if is_away:
        away(me, deputy)
    access = access_of(fresh(deputy))
    seen = {row.name for row in Opportunity.objects.visible_to(access)}
    assert seen == ({"assigned", "led"} if is_away else set())
    assert seen == {row.name for row in rows if deputy in people_who_see(row)}
    assert seen == {row.name for row in rows if access.reaches(row)}


def test_the_access_of_a_deputy_costs_one_query(django_assert_num_queries):
    me, deputy = lead(), lead()
    away(me, deputy)
    with django_assert_num_queries(1):
        assert [each.user for each in access_of(fresh_id(deputy)).away] == [me]


def fresh_id(user):
    return type(user)(pk=user.pk, username=user.username)
