"""What the CRM's news do to the workflow, through a whole sync against the simulator."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from assessments.tests.factories import complete
from notifications.rules.expanding import deliveries_of
from opportunities import extensions
from opportunities.access.roles import Role
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Opportunity, OpportunityEvent
from opportunities.tests.factories import UserFactory
from opportunities.tests.workflow_scene import FAR_OFF, bid_manager, moved, sa
from outbox.delivering import deliver_due
from outbox.events import catalogue
from outbox.expanding import expand_due
from outbox.models import Event
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import SyncLog, SyncType
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

LATER = "2026-11-01T08:00:00+00:00"
S = WorkflowStatus
VALUE = 250_000
"""Of every deal the builder makes."""


def sync_all() -> SyncLog:
    return run_sync(SyncRequest(sync_type=SyncType.FULL)).log


def change(oracle: OracleSimulator, **news: Any) -> Opportunity:
    """Let Oracle change the deal, and sync."""
    oracle.edit({"OptyId": 1, "LastUpdateDate": LATER, **news})
    sync_all()
    return Opportunity.objects.get()


@pytest.fixture
def known(oracle: OracleSimulator) -> OracleSimulator:
    """Oracle with one opportunity, 1, that the mirror has."""
    oracle.serve([oracle_item(OptyId=1)])
    sync_all()
    return oracle


def actions() -> list[str]:
    return list(OpportunityEvent.objects.order_by("id").values_list("action", flat=True))


def to_review() -> Opportunity:
    opportunity = Opportunity.objects.get()
    manager, person = bid_manager(), sa()
    moved(opportunity, Action.ASSIGN, manager, params={"assignee": person})
    opportunity.refresh_from_db()
    complete(opportunity)
    return moved(opportunity, Action.SUBMIT, person)


# --- closing and reopening ----------------------------------------------------------------------


@pytest.mark.parametrize("is_held", [False, True])
def test_closing_keeps_what_people_own_and_reopening_restores_the_state(
    known: OracleSimulator, is_held: bool
) -> None:
    before = to_review()
    if is_held:
        params = {"review_on": FAR_OFF}
        before = moved(before, Action.HOLD, bid_manager(), params=params)
    Opportunity.objects.update(sa_notes="Ask them.", decision="BID")
    closed = change(known, StatusCode="WON")
    kept = ("BID", before.assigned_sa, "Ask them.", before.status_before_hold)
    assert (closed.workflow_status, closed.crm_outcome) == (S.CLOSED_IN_CRM, "WON")
    assert closed.status_before_close == before.workflow_status
    back = change(known, StatusCode="OPEN")
    for row in (closed, back):
        assert (row.decision, row.assigned_sa, row.sa_notes, row.status_before_hold) == kept
    assert (back.workflow_status, back.crm_outcome) == (before.workflow_status, "OPEN")
    assert (back.status_before_close, back.is_reopened) == ("", True)
    assert actions()[-2:] == [Action.CLOSE_FROM_CRM, Action.REOPEN_FROM_CRM]
    if is_held:
        assert moved(back, Action.RESUME, bid_manager()).workflow_status == S.IN_REVIEW


def test_the_events_tell_what_the_crm_said_and_that_the_sync_did_it(known: OracleSimulator) -> None:
    before = to_review()
    closed = change(known, StatusCode="LOST")
    event = OpportunityEvent.objects.latest("id")
    assert (event.actor, event.channel, event.opportunity) == (None, "SYNC", closed)
    assert (event.from_status, event.to_status) == (S.IN_REVIEW, S.CLOSED_IN_CRM)
    assert event.changes == {"crm_status": ["OPEN", "LOST"]}
    assert event.at == closed.status_entered_at > before.status_entered_at
    assert closed.lock_version == before.lock_version + 1


def test_a_deal_first_seen_closed_is_closed_at_once_and_writes_no_event(
    oracle: OracleSimulator,
) -> None:
    oracle.serve([oracle_item(OptyId=1, StatusCode="LOST")])
    sync_all()
    row = Opportunity.objects.get()
    assert (row.workflow_status, row.status_before_close) == (S.CLOSED_IN_CRM, S.NEW)
    assert (row.crm_outcome, actions()) == ("LOST", [])
    back = change(oracle, StatusCode="OPEN")
    assert (back.workflow_status, actions()) == (S.NEW, [Action.REOPEN_FROM_CRM])


@pytest.mark.parametrize(
    ("code", "outcome"), [("WON", "WON"), ("closed_lost", "LOST"), ("GONE", "UNKNOWN")]
)
def test_the_outcome_follows_the_crm(
    known: OracleSimulator, settings: Settings, code: str, outcome: str
) -> None:
    settings.ORACLE_CLOSED_STATUS_CODES = ["WON", "LOST", "GONE"]
    assert change(known, StatusCode=code).crm_outcome == outcome


def test_a_reopened_deal_gets_its_days_again(known: OracleSimulator) -> None:
    to_review()
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    Opportunity.objects.update(due_at=long_ago, due_soon_at=long_ago)
    change(known, StatusCode="WON")
    back = change(known, StatusCode="OPEN")
    assert back.due_at
    assert back.due_at > back.status_entered_at == back.clock_started_at


def test_other_apps_hear_of_it_in_the_same_transaction(
    known: OracleSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, list[int], bool]] = []

    def closed(ids: list[int]) -> None:
        heard.append(("closed", ids, connection.in_atomic_block))

    def reopened(ids: list[int]) -> None:
        heard.append(("reopened", ids, connection.in_atomic_block))

    monkeypatch.setattr(extensions, "closed_in_crm", extensions.ExtensionPoint())
    monkeypatch.setattr(extensions, "reopened_in_crm", extensions.ExtensionPoint())
    extensions.closed_in_crm.register(closed)
    extensions.reopened_in_crm.register(reopened)
    row = change(known, StatusCode="WON")
    change(known, StatusCode="OPEN")
    assert heard == [("closed", [row.pk], True), ("reopened", [row.pk], True)]


# --- facts that move under a submission ---------------------------------------------------------


@pytest.mark.parametrize(
    ("news", "told"),
    [
        ({"Revenue": VALUE * 1.2}, {"deal_value": ["250000.00", "300000.00"]}),
        ({"Revenue": VALUE * 0.8}, {"deal_value": ["250000.00", "200000.00"]}),
        ({"Revenue": None}, {"deal_value": ["250000.00", None]}),
        ({"CurrencyCode": "USD"}, {"currency": ["EUR", "USD"]}),
        ({"EffectiveDate": "2027-01-14"}, {"close_date": ["2026-12-15", "2027-01-14"]}),
        ({"SalesStage": "02 - Discovery"}, {"stage": ["04 - Presentation", "02 - Discovery"]}),
        ({"TargetPartyName": "Else"}, {"customer": ["Stadtwerke Nürnberg", "Else"]}),
    ],
)
def test_a_material_change_raises_a_flag_and_moves_no_state(
    known: OracleSimulator, news: dict[str, Any], told: dict[str, Any]
) -> None:
    to_review()
    row = change(known, **news)
    assert (row.workflow_status, row.needs_requalification) == (S.IN_REVIEW, True)
    shown = {each["field"]: [each["old"], each["new"]] for each in row.requalification_changes}
    event = OpportunityEvent.objects.latest("id")
    assert shown == event.changes == told
    assert (event.action, event.from_status, event.to_status) == ("CRM_CHANGE", *[S.IN_REVIEW] * 2)


@pytest.mark.parametrize(
    "news",
    [
        {"Revenue": VALUE * 1.19},
        {"EffectiveDate": "2027-01-13"},
        {"SalesStage": "05 - Agreement"},
        {"SalesStage": "Presentation"},
        {"Name": "Another name", "WinProb": 5},
    ],
)
def test_a_small_change_raises_none(known: OracleSimulator, news: dict[str, Any]) -> None:
    to_review()
    events = actions()
    row = change(known, **news)
    assert (row.needs_requalification, actions()) == (False, events)


def test_small_changes_add_up_for_they_are_held_against_the_submission(
    known: OracleSimulator,
) -> None:
    to_review()
    assert not change(known, Revenue=VALUE * 1.1).needs_requalification
    row = change(known, Revenue=VALUE * 1.21)
    assert row.requalification_changes[0]["old"] == "250000.00"


def test_a_change_that_is_taken_back_takes_the_flag_back(known: OracleSimulator) -> None:
    to_review()
    change(known, Revenue=1, TargetPartyName="Else")
    row = change(known, Revenue=VALUE)
    assert [each["field"] for each in row.requalification_changes] == ["customer"]
    assert not change(known, TargetPartyName=oracle_item()["TargetPartyName"]).needs_requalification
    assert (
        OpportunityEvent.objects.latest("id").reason
        == "The CRM is close to the submitted values again."
    )


def test_the_order_in_which_changes_were_stored_makes_no_news(known: OracleSimulator) -> None:
    to_review()
    flagged = change(known, Revenue=1, TargetPartyName="Else")
    stored = flagged.requalification_changes[::-1]
    Opportunity.objects.update(requalification_changes=stored)
    events = actions()
    row = change(known, EffectiveDate="2027-01-01")
    assert row.close_date != flagged.close_date
    assert (row.requalification_changes, row.lock_version) == (stored, flagged.lock_version)
    assert actions() == events


@pytest.mark.parametrize("status", [S.NEW, S.ASSIGNED, S.IN_ASSESSMENT, S.RETURNED, S.ON_HOLD])
def test_before_a_submission_nobody_relies_on_the_facts(
    known: OracleSimulator, status: str
) -> None:
    Opportunity.objects.update(workflow_status=status)
    assert not change(known, Revenue=1).needs_requalification


def test_a_hold_keeps_no_change_from_being_told(known: OracleSimulator) -> None:
    to_review()
    Opportunity.objects.update(workflow_status=S.ON_HOLD, status_before_hold=S.APPROVED)
    row = change(known, Revenue=1)
    assert (row.workflow_status, row.needs_requalification) == (S.ON_HOLD, True)


def test_what_moved_while_it_was_closed_is_told_when_it_reopens(known: OracleSimulator) -> None:
    to_review()
    change(known, StatusCode="WON", Revenue=1)
    assert not change(known, TargetPartyName="Else").needs_requalification
    row = change(known, StatusCode="OPEN")
    assert row.workflow_status == S.IN_REVIEW
    assert {each["field"] for each in row.requalification_changes} == {"deal_value", "customer"}


@pytest.mark.parametrize("status", [S.APPROVED, S.CONDITIONAL, S.NO_BID])
def test_a_decision_is_flagged_even_where_no_facts_were_kept(
    known: OracleSimulator, status: str
) -> None:
    Opportunity.objects.update(workflow_status=status)
    row = change(known, Revenue=1)
    assert (row.workflow_status, row.needs_requalification) == (status, True)
    assert row.requalification_changes[0]["old"] == "250000.00"


def test_a_company_names_the_order_of_its_stages(
    known: OracleSimulator, settings: Settings
) -> None:
    settings.SALES_STAGES = ["Lead", "Offer", "Deal"]
    change(known, SalesStage="Offer")
    to_review()
    assert not change(known, SalesStage="Deal").needs_requalification
    assert change(known, SalesStage="Lead").needs_requalification


# --- an identical sync, and what it costs -------------------------------------------------------


def test_the_same_data_again_write_no_event(known: OracleSimulator) -> None:
    to_review()
    change(known, Revenue=1, TargetPartyName="Else")
    change(known, StatusCode="WON")
    change(known, StatusCode="OPEN")
    before, rows = actions(), list(Opportunity.objects.values())
    assert sync_all().unchanged_records == 1
    assert (actions(), list(Opportunity.objects.values())) == (before, rows)


@pytest.mark.parametrize("news", [{"StatusCode": "WON"}, {"Revenue": 1}, {"StatusCode": "OPEN"}])
def test_a_page_of_news_costs_the_same_queries_however_long_it_is(
    oracle: OracleSimulator, news: dict[str, Any]
) -> None:
    assert queries_for(oracle, 3, news) == queries_for(oracle, 40, news)


def queries_for(oracle: OracleSimulator, count: int, news: dict[str, Any]) -> int:
    Opportunity.objects.all().delete()
    reopens = news == {"StatusCode": "OPEN"}
    first = {"StatusCode": "WON"} if reopens else {}
    oracle.serve([oracle_item(OptyId=n, **first) for n in range(1, count + 1)])
    sync_all()
    if not reopens:
        Opportunity.objects.update(workflow_status=S.APPROVED)
    oracle.serve([oracle_item(OptyId=n, LastUpdateDate=LATER, **news) for n in range(1, count + 1)])
    with CaptureQueriesContext(connection) as queries:
        sync_all()
    return len(queries)


# --- who is told --------------------------------------------------------------------------------


def test_the_sa_and_the_lead_are_told_in_a_fixed_number_of_queries(
    oracle: OracleSimulator,
) -> None:
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 9)])
    sync_all()
    practice = oracle_item()["Practice_c"]
    person = sa(email="sa@example.com")
    UserFactory(roles=[Role.LEAD], leads=[practice], email="lead@example.com")
    Opportunity.objects.update(workflow_status=S.APPROVED, assigned_sa=person)
    oracle.serve([oracle_item(OptyId=n, LastUpdateDate=LATER, Revenue=1) for n in range(1, 9)])
    sync_all()
    expand_due()
    deliver_due()
    told = [(message.to, message.subject.split(":")[0]) for message in mail.outbox]
    assert len(told) == 16
    assert {address for (address,), _ in told} == {"sa@example.com", "lead@example.com"}
    assert {subject for _, subject in told} == {"The CRM changed what was submitted"}
    assert re.search(r"^Value: .*1 \(before: .*250,000\)", mail.outbox[0].body, re.M)
    with CaptureQueriesContext(connection) as queries:
        assert len([*deliveries_of(Event.objects.filter(name="opportunity.crm_changed"))]) == 32
    assert len(queries) <= 12


def test_the_outbox_tells_what_the_crm_did_and_how_the_sync_ended(known: OracleSimulator) -> None:
    to_review()
    Event.objects.all().delete()
    change(known, StatusCode="WON")
    closed, finished = Event.objects.order_by("at")
    assert (closed.name, closed.deal, closed.actor) == ("opportunity.closed", "1", None)
    assert closed.body["changes"] == {"crm_status": ["OPEN", "WON"]}
    assert (finished.name, finished.body["status"]) == ("sync.finished", "SUCCESS")
    assert finished.body["counts"]["updated_records"] == 1
    assert finished.body.keys() == catalogue["sync.finished"].body.keys()
