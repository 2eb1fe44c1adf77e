"""What the list can be narrowed to beyond the CRM's own columns."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from opportunities.access.roles import Role
from opportunities.domain.states import Action, BidDecision, WorkflowStatus
from opportunities.models import FeedPosition, LastLook, Opportunity
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.workflow_scene import deal, lead, moved, sa

pytestmark = pytest.mark.django_db
URL = "/api/opportunities"
NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FLAGS = {
    "overdue": {"due_at": NOW - HOUR},
    "due_soon": {"due_soon_at": NOW - HOUR, "due_at": NOW + HOUR},
    "needs_requalification": {"needs_requalification": True},
    "reopened": {"is_reopened": True},
    "attention": {"is_reopened": True},
    "unscored": {"is_unscored_decision": True},
    "removed": {"removed_in_crm_at": NOW},
    "orphan": {"removed_in_crm_at": NOW, "workflow_status": WorkflowStatus.IN_REVIEW},
}
CLEAR = {"due_at": NOW + 90 * HOUR, "due_soon_at": NOW + 80 * HOUR}


def ids(client, **parameters):
    answer = client.get(URL, {"page_size": 500, **parameters})
    assert answer.status_code == 200, answer.content
    return {row["id"] for row in answer.json()["results"]}


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_parts_the_rows_in_two(flag):
    raised = OpportunityFactory(**{**CLEAR, **FLAGS[flag]})
    calm = OpportunityFactory(**CLEAR)
    client = any_user()
    assert ids(client, **{flag: "true"}) == {str(raised.pk)}
    assert ids(client, **{flag: "false"}) == {str(calm.pk)}
    assert client.get(URL, {flag: "yes"}).status_code == 400


def test_a_row_without_a_due_time_is_not_overdue():
    deal = OpportunityFactory(due_at=None, due_soon_at=None)
    assert ids(any_user(), overdue="false") == {str(deal.pk)}


def test_a_day_of_the_calendar_has_what_falls_due_then_by_a_running_clock():
    due = OpportunityFactory(due_at=NOW + HOUR)
    for other in ({"due_at": NOW + DAY}, {"workflow_status": WorkflowStatus.APPROVED}):
        OpportunityFactory(**{"due_at": NOW + HOUR, **other})
    day = {"due_from": NOW.isoformat(), "due_before": (NOW + 2 * HOUR).isoformat()}
    assert ids(any_user(), **day) == {str(due.pk)}


def test_several_decisions_outcomes_and_currencies():
    bid = OpportunityFactory(decision=BidDecision.BID, currency="USD", crm_outcome="WON")
    no_bid = OpportunityFactory(decision=BidDecision.NO_BID, currency="CHF")
    OpportunityFactory()
    client = any_user()
    assert ids(client, decision=["BID", "NO_BID"]) == {str(bid.pk), str(no_bid.pk)}
    assert ids(client, currency="CHF") == {str(no_bid.pk)}
    assert ids(client, crm_outcome="WON") == {str(bid.pk)}


def test_days_for_the_bid_and_times_in_a_state():
    early = OpportunityFactory(bid_due_on=date(2027, 1, 1), status_entered_at=NOW - 9 * HOUR)
    late = OpportunityFactory(bid_due_on=date(2027, 2, 1), status_entered_at=NOW)
    client = any_user()
    assert ids(client, bid_due_to="2027-01-31") == {str(early.pk)}
    assert ids(client, bid_due_from="2027-01-31") == {str(late.pk)}
    assert ids(client, entered_to=(NOW - HOUR).isoformat()) == {str(early.pk)}
    assert ids(client, entered_from=(NOW - HOUR).isoformat()) == {str(late.pk)}
    assert client.get(URL, {"entered_to": "yesterday"}).status_code == 400


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"entered_before": "-48h"}, [False, True, True]),
        ({"entered_from": "-48h"}, [True, False, False]),
        ({"bid_due_from": "0d", "bid_due_to": "7d"}, [False, True, False]),
        ({"bid_due_to": "+7d"}, [False, True, True]),
    ],
)
def test_a_time_from_now_on_is_another_each_day(asked, is_found):
    with time_machine.travel(NOW, tick=False):
        OpportunityFactory(status_entered_at=NOW, bid_due_on=(NOW + 8 * DAY).date())
        client = any_user()
    found = []
    for days in (0, 3, 9):
        with time_machine.travel(NOW + days * DAY, tick=False):
            found.append(bool(ids(client, **asked)))
    assert found == is_found


@pytest.mark.parametrize("written", ["-48", "48m", "--1d", "999999d", "d", "-1d-1h", "٣d"])
def test_a_time_from_now_on_in_another_form_is_refused(written):
    for name in ("entered_before", "bid_due_to"):
        assert any_user().get(URL, {name: written}).status_code == 400


@pytest.mark.parametrize("written", ["99999d", "-99999d"])
def test_the_farthest_time_from_now_on_is_one(written):
    for name in ("entered_before", "bid_due_to", "changed_since"):
        assert any_user().get(URL, {name: written}).status_code == 200


def test_changed_since_sees_the_sync_and_people():
    synced, touched, _ = OpportunityFactory(), deal(), OpportunityFactory()
    FeedPosition.objects.update(changed_at=NOW - 90 * HOUR)
    Opportunity.objects.filter(pk=synced.pk).update(removed_in_crm_at=NOW)
    moved(touched, Action.ASSIGN, lead())
    since = (NOW - HOUR).isoformat()
    assert ids(any_user(), changed_since=since) == {str(synced.pk), str(touched.pk)}


def test_what_changed_since_i_looked_is_mine_alone():
    me, seen = UserFactory(), OpportunityFactory(last_synced_at=NOW - HOUR)
    LastLook.objects.create(user=me, opportunity=seen, at=NOW - 2 * HOUR)
    assert ids(client_of(me), unseen="true") == {str(seen.pk)}
    assert ids(any_user(), unseen="true") == set()
    assert client_of(me).post(f"{URL}/{seen.pk}/seen").status_code == 204
    assert ids(client_of(me), unseen="true") == set()


def test_a_row_names_what_the_crm_changed_since_i_looked():
    me, seen = UserFactory(), OpportunityFactory(last_synced_at=NOW)
    LastLook.objects.create(user=me, opportunity=seen, at=NOW - 2 * HOUR)
    for field, hours in (("name", 3), ("stage", 1), ("close_date", 0), ("stage", 0)):
        seen.changes.create(field=field, at=NOW - hours * HOUR)
    other = OpportunityFactory()
    other.changes.create(field="stage", at=NOW)
    rows = {row["id"]: row for row in client_of(me).get(URL).json()["results"]}
    assert rows[str(seen.pk)]["unseen_fields"] == ["stage", "close_date"]
    assert rows[str(other.pk)]["unseen_fields"] == []
    assert any_user().get(f"{URL}/{seen.pk}").json()["unseen_fields"] == []


def test_a_search_finds_parts_of_number_name_customer_owner_and_sa():
    ada = UserFactory(first_name="Ada", last_name="Lovelace")
    found = OpportunityFactory(
        opty_number="OPTY-4711", name="Big Data", customer="Contoso", assigned_sa=ada
    )
    OpportunityFactory()
    for text in ("471", "big DATA", "data big", "toso", "lovel", "ada 4711"):
        assert ids(any_user(), search=text) == {str(found.pk)}, text
    assert ids(any_user(), search="data missing") == set()


@pytest.mark.parametrize("text", ["'; DROP TABLE opportunities; --", "%", "_", "\\", '"', "=1+1"])
def test_a_search_takes_every_character_for_itself(text):
    OpportunityFactory()
    odd = OpportunityFactory(name=f"Before {text} after")
    assert str(odd.pk) in ids(any_user(), search=text)
    assert len(ids(any_user(), search=text)) == 1


def test_a_search_has_an_end():
    assert any_user().get(URL, {"search": "word " * 11}).status_code == 400


def test_the_tabs_are_counted_for_the_same_filter_in_one_query(django_assert_num_queries):
    me = sa()
    deal(WorkflowStatus.ASSIGNED, assigned_sa=me)
    deal(geo="APAC")
    deal(WorkflowStatus.IN_REVIEW, geo="APAC")
    client = client_of(me)
    client.get(URL)
    with django_assert_num_queries(1):
        tabs = client.get(
            f"{URL}/tabs", {"geo": "APAC", "tab": "closed", "group": "geo", "page": 3}
        ).json()
    assert {tab["name"]: tab["count"] for tab in tabs} == {
        "my_queue": 0,
        "unassigned": 1,
        "in_assessment": 0,
        "in_review": 1,
        "decided": 0,
        "on_hold": 0,
        "closed": 0,
        "all": 2,
    }


def test_an_unknown_tab_or_filter_of_the_counts_is_refused():
    assert any_user().get(URL, {"tab": "mine"}).status_code == 400
    assert any_user().get(f"{URL}/tabs", {"colour": "red"}).status_code == 400


@pytest.mark.parametrize("name", ["practice", "geo", "sector", "customer", "currency"])
def test_values_with_a_comma_between_them_are_told_to_repeat_the_parameter(name):
    words = ("EUR", "USD")
    rows = [OpportunityFactory(**{name: word}) for word in words]
    client = any_user(roles=[Role.VIEWER])
    answer = client.get(URL, {name: ",".join(words)})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["code"]) == (400, name, "repeat_parameter")
    assert f"{name}=EUR&{name}=USD" in error["detail"]
    assert client.get(URL, {name: "EUR,eur"}).status_code == 400
    assert ids(client, **{name: words}) == {str(row.pk) for row in rows}


def test_a_comma_belongs_to_the_word_where_the_crm_has_it_so():
    both = OpportunityFactory(sector="Banking,Insurance")
    for sector in ("Banking", "Insurance"):
        OpportunityFactory(sector=sector)
    client = any_user(roles=[Role.VIEWER])
    assert ids(client, sector="Banking,Insurance") == {str(both.pk)}
    # A kept view goes on when the CRM has the word no longer, and never had its parts.
    assert ids(client, customer="Smith, Inc.") == set()


@pytest.mark.parametrize("query", ["sector=A,B", "either=sector%3DA,B"])
def test_no_advice_tells_of_rows_that_are_out_of_sight(settings, query):
    settings.RESTRICT_VISIBILITY = True
    for sector in "AB":
        OpportunityFactory(sector=sector)
    assert any_user(roles=[Role.SA]).get(f"{URL}?{query}").status_code == 200
    assert any_user(roles=[Role.VIEWER]).get(f"{URL}?{query}").status_code == 400


def test_of_choices_the_advice_is_the_same():
    answer = any_user().get(URL, {"workflow_status": "NEW,ASSIGNED"})
    assert "Repeat the parameter for several" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("name", ["tab", "page", "ordering", "overdue", "deal_value_min", "search"])
def test_of_a_parameter_with_one_value_none_is_dropped_without_a_word(name):
    answer = any_user().get(f"{URL}?{name}=1&{name}=2")
    (error,) = answer.json()["errors"]
    assert (error["field"], error["code"]) == (name, "repeated_parameter")
