"""The dashboard's figures are kept, and are always those that counting anew brings."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from assessments.models import Condition, Decision
from assessments.tests.factories import (
    SCREEN,
    architect,
    bid_manager,
    in_assessment,
)
from bqs.dashboard import work
from bqs.dashboard.all_figures import all_figures
from bqs.dashboard.figure import Scope
from bqs.dashboard.kept import kept
from bqs.dashboard.period import period_of
from bqs.models import ExchangeRate
from bqs.tests.overview_scene import deals_of_every_kind, decisions
from opportunities.access.roles import Role, access_of
from opportunities.domain.deadlines import work_calendar
from opportunities.domain.policy import policy
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Opportunity, PracticeMembership, Watch
from opportunities.models.absence import Absence
from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import OpportunityFactory, UserFactory, group_of
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db
URL = "/api/dashboard"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # A Tuesday.
PERIOD = period_of(date(2026, 6, 1), date(2026, 12, 31))
A_MOMENT = timedelta(microseconds=1)
KEPT, ANEW = 5, 14
"""Queries of an answer."""
SHARED, COUNTED = 3, 12
"""Queries of its figures."""


def scope_of(user, **narrowed):
    user = User.objects.get(pk=user.pk)  # With the rights of now.
    rows = Opportunity.objects.visible_to(access_of(user)).filter(**narrowed)
    return Scope(rows, user, PERIOD)


def told(user, **narrowed):
    return told_of(scope_of(user, **narrowed))


def told_of(scope):
    figures = kept(scope, "", partial(all_figures, scope))
    return {**figures, "my_work": work.my_work(figures["load"]["people"], scope.user.pk)}


def told_anew(user, **narrowed):
    scope = scope_of(user, **narrowed)
    figures = all_figures(scope)
    return {**figures, "my_work": work.my_work(figures["load"]["people"], scope.user.pk)}


def queries(client, **bar):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(URL, bar).status_code == 200
    return len(asked)


@contextmanager
def a_scene():
    with time_machine.travel(NOW, tick=False) as clock:
        sa = architect(first_name="Ines", last_name="Costa")
        decisions(deals_of_every_kind(sa))
        yield clock, sa


def first(**wanted):
    return Opportunity.objects.filter(removed_in_crm_at=None, **wanted).first()


def a_condition_of(owner):
    deal = first(workflow_status=WorkflowStatus.CONDITIONAL)
    decision = Decision.objects.filter(opportunity=deal).latest("pk")
    return Condition.objects.create(decision=decision, owner=owner, text="Ask.", due_on=NOW.date())


def changes(sa) -> dict[str, Callable[[], object]]:
    """Whatever moves a figure, in this order."""
    deal = in_assessment()
    people, rows = User.objects, Opportunity.objects
    leaver, other = UserFactory(), architect()
    condition = a_condition_of(leaver)
    by = {"by": bid_manager(), **SCREEN}
    declined = {"reason_code": "NO_TIME", "reason": "Too late."}
    return {
        "the CRM's value": lambda: rows.filter(pk=deal.pk).update(deal_value=F("deal_value") + 1),
        "a new deal": OpportunityFactory,
        "its deletion": lambda: rows.latest("pk").delete(),
        "an assignment": lambda: apply_transition(
            OpportunityFactory(), Action.ASSIGN, params={"assignee": other}, **by
        ),
        "another SA": lambda: apply_transition(
            rows.latest("pk"), Action.REASSIGN, params={"assignee": sa}, **by
        ),
        "a submission": lambda: apply_transition(
            rows.get(pk=deal.pk), Action.SUBMIT, by=deal.assigned_sa, **SCREEN
        ),
        "a decision": lambda: apply_transition(
            rows.get(pk=deal.pk), Action.DECIDE_NO_BID, **declined, **by
        ),
        "a name": lambda: people.filter(pk=sa.pk).update(last_name="Lopes"),
        "an owner who left": lambda: people.filter(pk=leaver.pk).update(is_active=False),
        "a condition": lambda: Condition.objects.filter(pk=condition.pk).update(state="MET"),
        "an SA who left": lambda: people.filter(pk=sa.pk).update(is_active=False),
    }


def test_after_each_change_they_are_those_counted_anew():
    with a_scene() as (_, sa):
        viewer, wrong, unmoved = UserFactory(), [], []
        for name, change in changes(sa).items():
            before = told(viewer)
            change()
            after = told(viewer)
            unmoved += [name] if after == before else []
            wrong += [name] if after != told_anew(viewer) else []
        assert (wrong, unmoved) == ([], [])


POLICY = {
    "HOLIDAYS": [date(2026, 11, 23), date(2026, 11, 20)],
    "DECISION_REQUIRED_MIN_VALUE": {"EUR": Decimal(1)},
    "ORPHAN_DAYS": 1,
    "ATTENTION_DAYS": 0,
    "CLOCK_FIRST_ANSWER_DAYS": Decimal("0.5"),
}


def test_after_a_change_of_the_policy_they_are_those_counted_anew(settings):
    with a_scene():
        viewer, wrong, unmoved = UserFactory(), [], []
        Opportunity.objects.filter(workflow_status="CLOSED_IN_CRM").update(
            assigned_at=NOW - timedelta(days=7),
            first_assessment_at=NOW - timedelta(days=6),
            first_seen_at=NOW - timedelta(days=99),
        )
        for name, value in POLICY.items():
            before = told(viewer)
            setattr(settings, name, value)
            after = told(viewer)
            unmoved += [name] if after == before else []
            wrong += [name] if after != told_anew(viewer) else []
        assert (wrong, unmoved) == ([], [])


def deals_of_moments():
    """Deals that time alone brings into a figure or out of it, with the moment just before."""
    calendar, hour = work_calendar(), timedelta(hours=1)
    due, soon, left = (NOW + hours * hour for hours in (1, 2, 3))
    ages = {days: NOW + (days + 1) * hour for days in (3, 6, 11)}
    deal = partial(OpportunityFactory, due_at=None, due_soon_at=None)
    deal(workflow_status="ASSIGNED", due_at=due)
    deal(workflow_status="CONDITIONAL", due_at=NOW + timedelta(days=99), due_soon_at=soon)
    entered = {"status_entered_at": left - timedelta(days=policy.ORPHAN_DAYS)}
    deal(workflow_status="CLOSED_IN_CRM", status_before_close="IN_REVIEW", **entered)
    for days, moment in ages.items():
        entered = {"status_entered_at": calendar.before(moment, timedelta(days=days))}
        deal(workflow_status="ON_HOLD", **entered)
    midnight = NOW.replace(hour=0, minute=0) + timedelta(days=1)
    bid_due_on = midnight.date() + timedelta(days=policy.ATTENTION_DAYS)
    deal(workflow_status="IN_REVIEW", bid_due_on=bid_due_on)
    others = {"due soon": soon, **ages, "the bid": midnight}
    before = {name: moment - A_MOMENT for name, moment in others.items()}
    return {"due": due, "no orphan": left, **before}


def test_at_each_moment_they_are_those_counted_anew():
    with time_machine.travel(NOW, tick=False) as clock:
        moments, viewer, wrong, unmoved = deals_of_moments(), UserFactory(), [], []
        for name, moment in sorted(moments.items(), key=lambda each: each[1]):
            clock.move_to(moment, tick=False)
            before = told(viewer)
            clock.move_to(moment + A_MOMENT, tick=False)
            after = told(viewer)
            unmoved += [name] if after == before else []
            wrong += [name] if after != told_anew(viewer) else []
        # Another server's clock may be behind.
        clock.move_to(NOW, tick=False)
        wrong += ["back"] if told(viewer) != told_anew(viewer) else []
        assert (wrong, unmoved) == ([], [])


@pytest.mark.any_database
def test_while_nothing_moves_they_are_counted_once():
    with a_scene() as (clock, _):
        client = any_user()
        queries(client)  # Who somebody is costs one query, asked once.
        clock.shift(timedelta(seconds=1))  # Some are due at this moment.
        assert [queries(client) for _ in range(3)] == [
            ANEW + 1,
            KEPT,
            KEPT,
        ]  # And whether it is due.
        clock.shift(timedelta(seconds=50))
        assert queries(client) == KEPT
        OpportunityFactory()
        assert [queries(client) for _ in range(2)] == [ANEW, KEPT]
        assert [queries(client, geo="EMEA") for _ in range(2)] == [ANEW, KEPT]
        assert [queries(client, period_to="2026-11-23") for _ in range(2)] == [ANEW, KEPT]
        # Nothing is converted.
        assert [queries(client, amounts="each") for _ in range(2)] == [ANEW - 1, KEPT - 1]


def test_filters_are_told_as_they_were_asked_for():
    client = any_user()
    for geo in (["EMEA"], ["EMEA", "EMEA"]):  # The same rows.
        total, *_ = client.get(URL, {"geo": geo}).json()["summary"]["figures"]
        assert total["filter"] == {"geo": geo}


def test_rates_and_limits_count_at_once(settings):
    with a_scene():
        client = any_user()
        before = client.get(URL).json()
        usd = {"currency": "USD", "rate": Decimal("0.5"), "source": "ECB"}
        ExchangeRate.objects.create(**usd, valid_from=NOW.date())
        after = client.get(URL).json()
        assert after["summary"]["open_value"] != before["summary"]["open_value"]
        settings.SA_LOAD_LIMIT = 77
        assert client.get(URL).json()["load"]["limit"] == 77


@pytest.mark.any_database
def test_who_sees_the_same_rows_shares_them_and_has_work_of_their_own(
    settings, django_assert_num_queries
):
    settings.RESTRICT_VISIBILITY = True
    with a_scene() as (_, sa):
        viewer = told(UserFactory(roles=[Role.VIEWER]))
        sa.groups.set([group_of(Role.BID_MANAGER)])
        scope = scope_of(sa)
        with django_assert_num_queries(SHARED):
            mine = told_of(scope)
        assert mine == {**viewer, "my_work": mine["my_work"]} == told_anew(sa)
        assert mine["my_work"] != viewer["my_work"]


def test_what_a_lead_sees_is_kept_for_them_and_for_no_other(settings):
    settings.RESTRICT_VISIBILITY = True
    with a_scene():
        lead, wrong, unmoved = UserFactory(roles=[Role.LEAD], leads=["Cloud"]), [], []
        viewer, other = (UserFactory(roles=[Role.LEAD], leads=["Data"]) for _ in range(2))
        viewer.groups.add(group_of(Role.VIEWER))
        led, day = lead.practice_memberships, NOW.date()
        for name, change in {
            "all others": lambda: (told(viewer), told(other)),
            "a deputy": lambda: Absence.objects.create(
                user=other, deputy=lead, starts=day, ends=day
            ),
            "no practice": lambda: led.all().delete(),
            "20 practices": lambda: led.bulk_create(
                PracticeMembership(user=lead, practice=f"Practice {n}") for n in range(20)
            ),
            "no right": lambda: lead.groups.clear(),
        }.items():
            before = told(lead)
            change()
            after = told(lead)
            unmoved += [name] if after == before else []
            wrong += [name] if after != told_anew(lead) else []
        assert (wrong, unmoved) == ([], ["all others", "20 practices"])
        assert told(other) == told_anew(other)


def test_what_asks_another_table_is_counted_each_time():
    with a_scene():
        viewer, deal = UserFactory(), first(workflow_status="NEW")
        watched = {"pk__in": Watch.objects.values("opportunity")}
        before = told(viewer, **watched)
        Watch.objects.create(user=viewer, opportunity=deal)
        assert told(viewer, **watched) == told_anew(viewer, **watched) != before


@pytest.mark.any_database
def test_a_large_answer_is_not_kept(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("bqs.dashboard.kept.MOST_BYTES", 1000)
    with a_scene():
        viewer = UserFactory()
        told(viewer)
        scope = scope_of(viewer)
        with django_assert_num_queries(COUNTED):
            told_of(scope)
