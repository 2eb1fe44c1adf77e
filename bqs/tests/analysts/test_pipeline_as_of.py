"""The pipeline of a moment, rebuilt later, is what it was then, for every deal."""

from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from assessments.tests.factories import SCREEN, architect, bid_manager, complete, standard_template
from opportunities.domain.errors import TransitionRefused
from opportunities.domain.states import Action as A
from opportunities.models import Opportunity, OpportunityEvent, conditions
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.workflow.services import opportunity_edit
from opportunities.workflow.transitions import apply_transition
from opportunities.workflow.undo import undo
from sync.engine.refresh import refresh_opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import OpportunityChange, SyncType
from sync.oracle.errors import OracleError
from sync.tests.builders import oracle_item

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no functions"),
]
COLUMNS = (
    *("remote_id", "opty_number", "name", "customer", "practice", "geo", "sector", "deal_value"),
    *("currency", "win_probability", "stage", "crm_status", "sales_owner", "close_date"),
    *("workflow_status", "decision", "priority", "bid_due_on", "assigned_sa_id"),
)
# The CRM leaves this one alone, and it goes one step in each round.
WALKER = 500
STEPS = (A.ASSIGN, A.REASSIGN, A.HOLD, A.RESUME, A.QUICK_NO_BID, A.REQUALIFY)


def pipeline_now():
    return sorted(Opportunity.objects.filter(conditions.OPEN).values_list(*COLUMNS))


def pipeline_as_of(moment):
    with connection.cursor() as cursor:
        query = f"SELECT {', '.join(COLUMNS)} FROM bi.bi_pipeline_as_of(%s)"
        cursor.execute(query, [moment])
        return sorted(cursor.fetchall())


def sync():
    run_sync(SyncRequest(sync_type=SyncType.FULL, accept_removals=True))


def change_in_crm(oracle, rng, known):
    """Edit, close, reopen, remove, hide and add."""
    for number in rng.sample(known, 8):
        edits = {
            "Revenue": rng.choice([None, 1000, 250_000.5]),
            "CurrencyCode": rng.choice(["EUR", "JPY"]),
            "SalesStage": rng.choice(["01 - Lead", "04 - Presentation", None]),
            "StatusCode": rng.choice(["OPEN", "OPEN", "WON", "LOST"]),
            "TargetPartyName": rng.choice(['Öl & Gas "Süd"', "", "O'Neil\\"]),
            "EffectiveDate": rng.choice(["2027-01-31", None]),
            "WinProb": rng.choice([0, 35.5, None]),
            "Name": rng.choice(["null", "[1]", "A name"]),
        }
        field = rng.choice([*edits])
        oracle.edit({"OptyId": number, field: edits[field], "LastUpdateDate": stamp()})
    # The next time there is one more, and what is closed now comes back.
    for number, status in ((known[-3], "WON"), (known[-4], "OPEN")):
        oracle.edit({"OptyId": number, "StatusCode": status, "LastUpdateDate": stamp()})
    oracle.hide(*rng.sample(known, 2))
    new = max(known) + 1
    oracle.edit(oracle_item(OptyId=new))
    known.append(new)
    if rng.random() < 0.5:
        gone = known.pop(0)
        oracle.remove(gone)


def stamp():
    return timezone.now().isoformat()


def step(deal, action, by, sa):
    why = {"reason": "Because", "reason_code": "NO_CAPACITY"}
    wanted = {"assignee": sa, "review_on": date(2027, 5, 1)}
    apply_transition(deal, action, by=by, params=wanted, **why, **SCREEN)


def act(rng, people):
    """Let people do what they may."""
    there = Opportunity.objects.filter(conditions.OPEN).exclude(remote_id=WALKER)
    for deal in rng.sample([*there.order_by("remote_id")], 6):
        by, sa = rng.choice(people), rng.choice(people[1:])
        for action in rng.sample([*A], 12):
            with suppress(TransitionRefused):
                step(deal, action, by, sa)
                if rng.random() < 0.3:
                    undo(deal, by=by, **SCREEN)
        with suppress(TransitionRefused):
            values = {"priority": "HIGH", "bid_due_on": rng.choice([None, date(2027, 2, 2)])}
            opportunity_edit(opportunity=deal, by=people[0], values=values, **SCREEN)
        deal.refresh_from_db()
        if deal.workflow_status == "ASSIGNED" and rng.random() < 0.7:
            complete(deal)
            deal.refresh_from_db()
            with suppress(TransitionRefused):
                apply_transition(deal, A.SUBMIT, by=deal.assigned_sa, **SCREEN)


def test_every_deal_is_as_it_was_at_each_moment(oracle):
    rng, known = Random(17), list(range(1, 31))
    standard_template()
    people = [bid_manager(), architect(), architect(practices=["SAP"]), UserFactory()]
    oracle.serve([oracle_item(OptyId=number) for number in (*known, WALKER)])
    before = timezone.now()
    sync()
    kept = {timezone.now(): pipeline_now()}
    for number, action in enumerate(STEPS):
        step(Opportunity.objects.get(remote_id=WALKER), action, people[0], people[1 + number % 2])
        act(rng, people)
        kept[timezone.now()] = pipeline_now()
        change_in_crm(oracle, rng, known)
        sync()
        with suppress(OracleError):
            refresh_opportunity(str(rng.choice(known)))
        kept[timezone.now()] = pipeline_now()
    assert len({str(each) for each in kept.values()}) == len(kept)
    assert {moment: pipeline_as_of(moment) for moment in kept} == kept
    assert pipeline_as_of(before) == []
    # All of it was in it: what is decided, closed, removed, and back again.
    moves = set(OpportunityEvent.objects.values_list("action", flat=True))
    assert moves >= {*STEPS, "SUBMIT", "UNDO", "CLOSE_FROM_CRM", "REOPEN_FROM_CRM"}
    removals = OpportunityChange.objects.filter(field="removed_in_crm_at")
    assert {new is None for new in removals.values_list("new", flat=True)} == {True, False}


def test_a_name_that_was_left_of_a_gone_account_is_nobody_s_id():
    deal, now = OpportunityFactory(assigned_sa=UserFactory()), timezone.now()
    state = {"from_status": "ASSIGNED", "to_status": "ASSIGNED"}
    changes = {"assigned_sa": ["Grace Gone", deal.assigned_sa_id]}
    event = {"opportunity": deal, "action": "REASSIGN", "channel": "SCREEN", "changes": changes}
    OpportunityEvent.objects.create(at=now + timedelta(minutes=1), **state, **event)
    with connection.cursor() as cursor:
        cursor.execute("SELECT assigned_sa_id FROM bi.bi_pipeline_as_of(%s)", [now])
        assert cursor.fetchall() == [(None,)]
