"""Whoever does not see an opportunity finds no word of it anywhere; and to look changes nothing."""

import pytest
from django.apps import apps

from assessments.tests.factories import (
    IN_2099,
    SCREEN,
    architect,
    assigned,
    bid_manager,
    complete,
    in_assessment,
    rated,
    ratings,
)
from audit.models import AuditEvent
from bqs.tests.every_page import addresses, text_of
from opportunities.access.roles import Role, access_of
from opportunities.domain.states import Action
from opportunities.lists.load import sas_to_choose
from opportunities.models import Opportunity
from opportunities.tests.admin_clients import browser_of
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.workflow.services import opportunity_comment, opportunity_edit
from opportunities.workflow.transitions import apply_transition
from sync.models import Reconciliation
from sync.tests.factories import OpportunityChangeFactory, RejectedRecordFactory, SyncLogFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SHOWN, HIDDEN = "Shownword", "Hiddenword"
# Amounts are written in two ways, and an id in one.
MARKS = {SHOWN: (SHOWN,), HIDDEN: (HIDDEN, "98765432", "98,765,432", "399000111222333")}


def a_decided_deal(mark, **details):
    """With this word in every text that is stored of it."""
    sa, manager = architect(), bid_manager()
    deal = assigned(to=sa, **details)
    comments = {code: rated(3, f"{mark} comment of an answer") for code in ratings(3)}
    complete(deal, comments, competitors=[{"name": mark, "strength": mark, "weakness": mark}])
    apply_transition(deal, Action.SUBMIT, by=sa, **SCREEN)
    condition = {"text": f"{mark} condition", "owner": manager, "due_on": IN_2099}
    apply_transition(
        deal,
        Action.APPROVE_WITH_CONDITIONS,
        by=manager,
        reason=f"{mark} reason",
        params={"conditions": [condition]},
        **SCREEN,
    )
    opportunity_comment(opportunity=deal, by=sa, text=f"{mark} comment", **SCREEN)
    opportunity_edit(opportunity=deal, by=sa, values={"sa_notes": f"{mark} notes"}, **SCREEN)
    texts = ("name", "customer", "geo", "sector", "stage", "sales_owner")
    Opportunity.objects.filter(pk=deal.pk).update(
        **{name: f"{mark} {name}" for name in texts}, extra={"DealType_c": mark}
    )
    deal.refresh_from_db()
    return deal


def what_the_sync_left(deal, mark):
    run = SyncLogFactory()
    OpportunityChangeFactory(opportunity=deal, sync_log=run, old=f"{mark} old", new=f"{mark} new")
    told = {"field": mark[:90], "reason": f"{mark} reason", "payload": {"Name": mark}}
    RejectedRecordFactory(remote_id=deal.remote_id, sync_log=run, **told)
    RejectedRecordFactory(remote_id=None, fingerprint=mark, sync_log=run, **told)
    Reconciliation.objects.create(
        is_equal=False,
        figures=[
            {
                **{"currency": "EUR", "stage": mark, "source_count": "1", "mirror_count": "1"},
                **{"source_value": "98765432.10", "mirror_value": "98765432.10"},
            }
        ],
        differing={deal.remote_id: {"name": [mark, mark]}},
    )


@pytest.fixture
def hidden(settings):
    settings.RESTRICT_VISIBILITY = True
    settings.ORACLE_EXTRA_FIELDS = ["DealType_c"]
    settings.EXTRA_COLUMNS = settings.EXTRA_FILTERS = {"DealType_c": "Type"}
    hidden = a_decided_deal(HIDDEN, deal_value="98765432.10", remote_id="399000111222333")
    Opportunity.objects.filter(pk=hidden.pk).update(practice=f"{HIDDEN} practice", currency="SEK")
    what_the_sync_left(hidden, HIDDEN)
    return hidden


def found_by(browser, mark, deal):
    """Where one comes across the mark of a deal."""
    for address in addresses(deal):
        answer = browser.get(address)
        # What was asked for may be said again.
        text = text_of(answer).replace(address.rpartition("/")[2] or "-", "")
        if any(word in text for word in MARKS[mark]):
            yield address


def everything_allowed():
    """An SA of one practice, to whom a tenant has also given what only others hold."""
    return UserFactory(
        is_staff=True,
        roles=[Role.SA],
        practices=["Cloud"],
        permissions=["view_delivery", "view_user", "view_practicemembership", "view_profile"],
    )


def test_who_sees_one_practice_finds_nothing_of_another(hidden):
    person = everything_allowed()
    assert [*found_by(browser_of(person), HIDDEN, hidden)] == []


def test_no_figure_counts_what_is_hidden(settings):
    settings.RESTRICT_VISIBILITY = True
    hidden = in_assessment(practice="Rail", to=architect(practices=["Rail"]))
    RejectedRecordFactory(remote_id=hidden.remote_id)
    OpportunityFactory(practice="Cloud")
    person = UserFactory(roles=[Role.SA], practices=["Cloud"])
    client = client_of(person)
    counts = client.get("/api/sync-status").json()["counts"]
    assert (counts["total"], counts["open"], counts["rejected_awaiting"]) == (1, 1, 0)
    assert client.get("/api/opportunities/sums").json()["count"] == 1
    assert {each["count"] for each in client.get("/api/opportunities/tabs").json()} <= {0, 1}
    loads = [each["load"]["open"] for each in client.get("/api/users").json()["results"]]
    assert {*loads} == {0}
    assert all(label.endswith(" 0 open") for _, label in sas_to_choose(access_of(person)))


def test_who_has_no_role_finds_nothing_at_all(hidden, settings):
    settings.RESTRICT_VISIBILITY = False
    person = UserFactory(is_staff=True, reads=False)
    assert [*found_by(browser_of(person), HIDDEN, hidden)] == []


# What to look leaves behind, and is meant to: who looked at what, when, and took a file along.
NOTED = {"LastLook", "Session", "UserSession", "LogEntry", "AuditEvent"}


def everything_stored():
    models = [each for each in apps.get_models() if each.__name__ not in NOTED]
    return {each: [*each._default_manager.order_by("pk").values()] for each in models}


def test_the_words_are_there_to_be_found_and_to_look_changes_nothing(hidden):
    person = UserFactory(is_staff=True, is_superuser=True)
    browser = browser_of(person)
    before = everything_stored()
    assert len({*found_by(browser, HIDDEN, hidden)}) > 30
    after = everything_stored()
    assert [each for each in before if before[each] != after[each]] == []
    assert {*AuditEvent.objects.values_list("kind", flat=True)} <= {"session.opened", "export.made"}
