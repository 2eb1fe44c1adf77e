"""Two programs write to a running server at the same moment; and one sends the same twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests
from django.db import connection

from accounts.tokens.tokens import EVERY, issue_token
from opportunities.models import Opportunity
from opportunities.tests.workflow_scene import bid_manager, deal, sa

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite in memory has one connection; it locks the database, not rows",
    ),
]


def header_of(user):
    return {"Authorization": f"Token {issue_token(user, 'Test', EVERY)[1]}"}


def at_once(*orders):
    """Post each (address, body, headers) from a thread of its own; the answers in their order."""
    start = Barrier(len(orders))

    def post(order):
        address, body, headers = order
        start.wait(timeout=10)
        return requests.post(address, json=body, headers=headers, timeout=30)

    with ThreadPoolExecutor(len(orders)) as pool:
        return list(pool.map(post, orders))


@pytest.mark.parametrize("_again", range(3))
def test_of_two_who_assign_over_http_at_once_one_is_told_how_it_is_now(live_server, _again):
    opportunity = deal()
    address = f"{live_server.url}/api/opportunities/{opportunity.pk}/actions/assign"
    bodies = [{"lock_version": 0, "assignee": str(sa().pk)} for _ in range(2)]
    answers = at_once(*((address, body, header_of(bid_manager())) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (refused,) = (answer.json() for answer in answers if answer.status_code == 409)
    assert refused["current"]["lock_version"] == 1
    assert opportunity.events.count() == 1
    assert str(Opportunity.objects.get().assigned_sa_id) == refused["current"]["assigned_sa"]["id"]


def test_what_is_sent_twice_is_done_once(live_server):
    opportunity = deal()
    address = f"{live_server.url}/api/opportunities/{opportunity.pk}/actions/assign"
    order = (address, {"lock_version": 0, "assignee": str(sa().pk)}, header_of(bid_manager()))
    assert sorted(answer.status_code for answer in at_once(order, order)) == [200, 409]
    assert opportunity.events.count() == 1
