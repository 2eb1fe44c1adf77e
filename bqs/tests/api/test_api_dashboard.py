"""Every figure of the dashboard is the number of rows that its filter brings."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

from assessments.drafts.templates import template_activate, template_copy
from assessments.tests.factories import (
    CODES,
    SCREEN,
    bid_manager,
    in_assessment,
    in_review,
    rated,
    ratings,
    standard_template,
)
from bqs.models import ExchangeRate
from bqs.tests.overview_scene import deals_of_every_kind, decisions
from opportunities.access.roles import Role, access_of
from opportunities.api.filters import OpportunityFilter
from opportunities.domain.states import Action, BidDecision, WorkflowStatus
from opportunities.models import Opportunity
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # A Tuesday.
URL, LIST = "/api/dashboard", "/api/opportunities"
PEOPLE = {role: {"roles": [role], "practices": ["Cloud"]} for role in Role}


def figures_in(told):
    """Every figure, however deep."""
    match told:
        case dict():
            if "count" in told and "filter" in told:
                yield told
            for inner in told.values():
                yield from figures_in(inner)
        case list():
            for inner in told:
                yield from figures_in(inner)


def a_busy_desk(*sas):
    decisions(deals_of_every_kind(*sas))
    moments = ("first_seen_at", "assigned_at", "first_assessment_at", "submitted_at")
    deals = list(Opportunity.objects.order_by("pk"))
    for place, deal in enumerate(deals):
        start = timezone.now() - timedelta(days=10 + place % 40)
        for step, moment in enumerate(moments[: 1 + place % 5]):
            setattr(deal, moment, start + timedelta(days=step * (1 + place % 3)))
    Opportunity.objects.bulk_update(deals, moments)
    declined = in_review(ratings(2), sales_owner="Ana Silva")
    inputs = {"reason_code": "NO_TIME", "reason": "Too late.", **SCREEN}
    apply_transition(declined, Action.DECIDE_NO_BID, by=bid_manager(), **inputs)
    in_review(ratings(3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3), practice="Data")


def rows_of(client, figure):
    return client.get(LIST, {**figure["filter"], "page_size": 500}).json()


def widget(client, name, **bar):
    return client.get(URL, bar).json()[name]


def rows_behind(user, figure):
    """How many the list has, without drawing it."""
    query = QueryDict(mutable=True)
    for name, values in figure["filter"].items():
        query.setlist(name, values)
    request = RequestFactory().get(LIST)
    request.user = user
    rows = Opportunity.objects.visible_to(access_of(user)).for_api(user)
    narrowed = OpportunityFilter(query, rows, request=request)
    assert narrowed.is_valid(), narrowed.errors
    return narrowed.qs.count()


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    "bar", [{}, {"currency": ["EUR", "USD"], "either": ["assigned_sa=me", "practice=Data"]}]
)
def test_each_figure_is_the_number_of_rows_behind_it(bar, settings):
    settings.RESTRICT_VISIBILITY = True
    me = UserFactory(**PEOPLE[Role.SA])
    a_busy_desk(me, UserFactory(roles=[Role.SA]))
    figures = list(figures_in(client_of(me).get(URL, bar).json()))
    assert len(figures) > 150
    assert sum(1 for figure in figures if figure["count"]) > 30
    wrong = [each for each in figures if rows_behind(me, each) != each["count"]]
    assert wrong == []


@pytest.mark.shared_out
@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("role", PEOPLE)
def test_figures_and_lists_agree_for_every_role(role, settings):
    settings.RESTRICT_VISIBILITY = True
    me, rng = UserFactory(**PEOPLE[role]), random.Random(role)
    a_busy_desk(me, UserFactory(roles=[Role.SA]))
    client = client_of(me)
    counted = [each for each in figures_in(client.get(URL).json()) if each["count"]]
    for figure in rng.sample(counted, 5):
        listed = client.get(LIST, {**figure["filter"], "page_size": 1}).json()
        assert listed.get("count") == figure["count"], (figure, listed)


@time_machine.travel(NOW, tick=False)
def test_amounts_are_those_of_the_rows_and_never_of_two_currencies():
    a_busy_desk(UserFactory())
    client = any_user()
    told = client.get(URL).json()
    amounts = [each for each in figures_in(told["pipeline"]) if "value" in each]
    amounts += [*told["summary"]["open_value"], *told["practice_and_geo"][0]["values"]]
    assert {each["currency"] for each in amounts} == {"EUR", "USD", None}
    for amount in amounts:
        rows = rows_of(client, amount)["results"]
        assert {row["currency"] for row in rows} <= {amount["currency"]}
        assert sum(Decimal(row["deal_value"] or 0) for row in rows) == Decimal(amount["value"])


@time_machine.travel(NOW, tick=False)
def test_amounts_come_in_the_reporting_currency_with_the_rate_its_source_and_its_day():
    a_busy_desk(UserFactory())
    rate = {"currency": "USD", "rate": Decimal("0.5"), "source": "ECB"}
    ExchangeRate.objects.create(**rate, valid_from=NOW.date())
    client = any_user()
    told, each = client.get(URL).json(), client.get(URL, {"amounts": "each"}).json()
    assert told["reporting"]["currency"] == "EUR"
    (shown,) = told["reporting"]["rates"]
    assert (shown["rate"], shown["source"]) == ("0.50000000", "ECB")
    assert each["reporting"] == {"currency": None, "rates": []}
    apart = {amount["currency"]: amount for amount in each["summary"]["open_value"]}
    whole, *rest = told["summary"]["open_value"]
    expected = Decimal(apart["EUR"]["value"]) + Decimal(apart["USD"]["value"]) / 2
    assert (whole["currency"], Decimal(whole["value"])) == ("EUR", expected)
    assert [amount["currency"] for amount in rest] == [None]
    assert rows_of(client, whole)["count"] == whole["count"]


def test_amounts_are_told_in_one_of_two_ways():
    answer = any_user().get(URL, {"amounts": "USD"})
    assert [each["field"] for each in answer.json()["errors"]] == ["amounts"]


@time_machine.travel(NOW, tick=False)
def test_more_of_everything_costs_no_more_queries(django_assert_max_num_queries):
    me = UserFactory(**PEOPLE[Role.BID_MANAGER])
    few, mine = deals_of_every_kind(me), client_of(me)
    with django_assert_max_num_queries(15) as first:
        mine.get(URL)
    decisions(few)
    a_busy_desk(*(UserFactory(roles=[Role.SA]) for _ in range(3)))
    somebody_else = client_of(UserFactory(roles=[Role.BID_MANAGER]))
    with django_assert_max_num_queries(15) as second:
        assert somebody_else.get(URL).status_code == 200
    assert len(second) == len(first)


@pytest.mark.parametrize(
    ("bar", "field"),
    [
        ({"period_from": "2026-02-30"}, "period_from"),
        ({"period_from": "2026-02-02", "period_to": "2026-02-01"}, "period_to"),
        ({"period_from": "2000-01-01"}, "period_from"),
        ({"period_from": "9999-12-31", "period_to": "9999-12-31"}, "period_from"),
        ({"period_to": "0001-01-01"}, "period_to"),
        ({"workflow_status": "NEW"}, "workflow_status"),
        ({"page": "2"}, "page"),
    ],
)
def test_what_is_no_bar_of_filters_is_refused_by_name(bar, field):
    answer = any_user().get(URL, bar)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


@time_machine.travel(NOW, tick=False)
def test_a_period_is_told_and_left_out_it_is_the_last_six_months():
    assert widget(any_user(), "period") == {"first": "2026-06-01", "last": "2026-11-24"}
    chosen = widget(any_user(), "period", period_from="2026-01-05", period_to="2026-02-03")
    assert chosen == {"first": "2026-01-05", "last": "2026-02-03"}


def answered_after(**took):
    """Assigned on a Monday morning, answered so much later."""
    monday = datetime(2026, 11, 16, 9, tzinfo=UTC)
    moments = {"assigned_at": monday, "first_assessment_at": monday + timedelta(**took)}
    return OpportunityFactory(workflow_status=WorkflowStatus.IN_ASSESSMENT, **moments)


@time_machine.travel(NOW, tick=False)
def test_time_to_the_first_answer_is_told_in_working_days():
    for took in ({"hours": 12}, {"days": 1}, {"days": 2}, {"days": 7}):
        answered_after(**took)
    told = widget(any_user(), "first_assessment")
    whole = told["whole"]
    assert (whole["count"], whole["late"]["count"], whole["in_time_percent"]) == (4, 1, "75.0")
    assert (whole["median_days"], whole["nine_of_ten_days"]) == ("1.5", "4.1")
    weeks = [(week["name"], week["count"]) for week in told["weeks"]]
    assert weeks[-2:] == [("2026-11-16", 3), ("2026-11-23", 1)]
    assert told["target_days"] == 2.0


@time_machine.travel(NOW, tick=False)
def test_a_week_begins_with_its_monday_at_midnight_of_the_sites_zone(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    midnight = datetime(2026, 11, 22, 23, tzinfo=UTC)
    for moment in (midnight - timedelta(microseconds=1), midnight):
        OpportunityFactory(assigned_at=midnight - timedelta(days=3), first_assessment_at=moment)
    weeks = widget(any_user(), "first_assessment")["weeks"]
    assert [(week["name"], week["count"]) for week in weeks[-2:]] == [
        ("2026-11-16", 1),
        ("2026-11-23", 1),
    ]


@time_machine.travel(NOW, tick=False)
def test_every_week_of_the_period_is_told_also_the_empty_ones():
    answered_after(hours=12)
    asked = {"period_from": "2026-10-29", "period_to": "2026-11-24"}
    weeks = widget(any_user(), "first_assessment", **asked)["weeks"]
    assert [(week["name"], week["count"]) for week in weeks] == [
        ("2026-10-29", 0),
        ("2026-11-02", 0),
        ("2026-11-09", 0),
        ("2026-11-16", 1),
        ("2026-11-23", 0),
    ]


def test_points_are_lost_where_the_average_is_lowest():
    in_review({code: rated(1 if code == "COMP" else 4) for code in CODES})
    in_review({code: rated(2 if code == "COMP" else 4) for code in CODES}, practice="Cloud")
    lowest = widget(any_user(), "criteria")[0]
    assert (lowest["name"], lowest["average"], lowest["count"]) == ("COMP", "1.50", 2)
    assert [part["practice"] for part in lowest["by_practice"]] == ["Cloud"]


def test_a_criterion_of_two_templates_is_one():
    in_review(ratings(2))
    template_activate(template=template_copy(template=standard_template()))
    in_review(ratings(4))
    for told in widget(any_user(), "criteria"):
        assert (told["count"], told["average"]) == (2, "3.00")
        assert [part["count"] for part in told["by_practice"]] == [2]


def test_a_draft_loses_no_points_yet():
    in_assessment()
    assert widget(any_user(), "criteria") == []


def test_scores_of_what_is_open_are_told_in_steps_of_ten():
    for rating in (5, 3, 3):
        in_review(ratings(rating))
    OpportunityFactory()
    told = widget(any_user(), "scores")
    assert [(each["label"], each["count"]) for each in told if each["count"]] == [
        ("60-69.9", 2),
        ("90-100", 1),
    ]
    assert len(told) == 10


@time_machine.travel(NOW, tick=False)
def test_bids_are_forecast_by_the_week_they_are_due_in():
    for day, status in (
        (date(2026, 11, 23), WorkflowStatus.APPROVED),
        (date(2026, 11, 29), WorkflowStatus.NEW),
        (date(2026, 11, 25), WorkflowStatus.NO_BID),
        (date(2026, 11, 30), WorkflowStatus.IN_REVIEW),
        (date(2026, 11, 22), WorkflowStatus.NEW),
    ):
        OpportunityFactory(bid_due_on=day, workflow_status=status)
    told = widget(any_user(), "deadlines")
    assert [(week["name"], week["count"], week["undecided"]["count"]) for week in told[:2]] == [
        ("2026-11-23", 2, 1),
        ("2026-11-30", 1, 1),
    ]
    assert [week["count"] for week in told[2:]] == [0] * 6


def declined(reason_code, count):
    for _ in range(count):
        inputs = {"reason_code": reason_code, "reason": "So it is.", **SCREEN}
        apply_transition(in_review(), Action.DECIDE_NO_BID, by=bid_manager(), **inputs)


def test_reasons_for_no_bid_are_told_with_their_share_and_that_of_all_before():
    declined("NO_TIME", 2)
    declined("TERMS", 1)
    told = widget(any_user(), "no_bid_reasons")
    assert [(each["name"], each["percent"], each["percent_so_far"]) for each in told] == [
        ("NO_TIME", "66.7", "66.7"),
        ("TERMS", "33.3", "100.0"),
    ]


def closed(**more):
    now = timezone.now()
    return OpportunityFactory(
        **{
            "workflow_status": WorkflowStatus.CLOSED_IN_CRM,
            "first_seen_at": now - timedelta(days=9),
            "status_entered_at": now,
        }
        | more
    )


def test_coverage_is_of_the_large_deals_that_closed_under_our_eyes():
    closed(decision=BidDecision.BID)
    closed()
    closed(deal_value=99_999)
    closed(currency="JPY")
    closed(first_seen_at=timezone.now(), status_entered_at=timezone.now() - timedelta(seconds=1))
    told = widget(any_user(), "coverage")
    counts = [told[name]["count"] for name in ("closed", "decided", "bypassed")]
    assert (counts, told["percent"]) == ([2, 1, 1], "50.0")
    assert told["limits"]["EUR"] == "100000.00"


@time_machine.travel(NOW, tick=False)
def test_the_funnel_tells_how_far_they_came_and_how_long_it_took():
    seen = datetime(2026, 11, 16, 9, tzinfo=UTC)
    for days in range(4):
        steps = {"first_seen_at": seen, "assigned_at": seen + timedelta(days=1 + days % 2)}
        OpportunityFactory(**steps if days < 3 else {"first_seen_at": seen})
    told = {each["name"]: each for each in widget(any_user(), "funnel")}
    assert [each["count"] for each in told.values()] == [4, 3, 0, 0, 0, 0, 0]
    assert told["assigned"]["percent_of_all"] == "75.0"
    assert told["assigned"]["median_days"] == "1.0"
    assert told["won"]["percent_of_former"] is None


@time_machine.travel(NOW, tick=False)
def test_months_tell_what_was_decided_and_against_which_score():
    a_busy_desk(UserFactory())
    newest = widget(any_user(), "decisions")[0]
    assert newest["name"] == "2026-11"
    assert sum(outcome["count"] for outcome in newest["outcomes"]) == newest["count"]
    scored = newest["count"] - newest["unscored"]["count"]
    rate = 100 * newest["overrides"]["count"] / scored
    assert float(newest["override_percent"]) == pytest.approx(rate, abs=0.06)
