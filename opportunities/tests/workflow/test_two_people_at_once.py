"""Two people, two connections, one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from opportunities.domain.errors import StaleVersion, WrongState
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Opportunity
from opportunities.tests.workflow_scene import bid_manager, deal, moved, sa

S = WorkflowStatus
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite in memory has one connection; it locks the database, not rows",
    ),
]


def at_once(*tries):
    """Run them side by side, each on a connection of its own; what each returned or raised."""
    start = Barrier(len(tries))

    def run(attempt):
        try:
            start.wait(timeout=10)
            return attempt()
        except (StaleVersion, WrongState) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(run, tries))


def refusals(results):
    return [type(each) for each in results if isinstance(each, Exception)]


@pytest.mark.parametrize("version", [0, None])
@pytest.mark.parametrize("_again", range(5))
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(version, _again):
    opportunity, one, other = deal(S.IN_REVIEW), bid_manager(), bid_manager()
    results = at_once(
        lambda: moved(opportunity, Action.APPROVE, one, expected_version=version),
        lambda: moved(opportunity, Action.DECIDE_NO_BID, other, expected_version=version),
    )
    assert refusals(results) == [WrongState if version is None else StaleVersion]
    event = opportunity.events.get()
    row = Opportunity.objects.get()
    assert event.to_status == row.workflow_status
    assert (event.actor == one) == (row.decision == "BID")


def test_of_five_who_claim_at_once_one_gets_it():
    opportunity, people = deal(), [sa() for _ in range(5)]
    results = at_once(*(lambda who=who: moved(opportunity, Action.CLAIM, who) for who in people))
    assert refusals(results) == [WrongState] * 4
    assert opportunity.assignments.get().user == Opportunity.objects.get().assigned_sa
    assert opportunity.events.count() == 1
