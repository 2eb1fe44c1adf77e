"""What the benchmark asks the web for costs so many queries, with few rows and with many."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.api.addresses import (
    DASHBOARD,
    FOR_YOU,
    LEAD_OF_20,
    LIST,
    MANAGER,
    SELLER,
    SUMS,
    TABS,
    addresses,
    person,
)
from opportunities.access.roles import Role
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NUMBER = re.compile(r"OPTY-\d+|(?<=page=)\d+")
A_LIST = 3
"""Its rows, their count, and what was seen of them."""
OTHERS = {
    f"SA {FOR_YOU}": 10,
    f"Lead of 1 practice {FOR_YOU}": 6,
    **{f"{who} {FOR_YOU}": 8 for who in (LEAD_OF_20, MANAGER, SELLER)},
    **{f"{MANAGER} {LIST}?search={word}": 4 for word in ("renewal", "N")},
    **{f"{MANAGER} {LIST}?group={field}": 4 for field in ("practice", "workflow_status")},
    **{f"{MANAGER} {address}": 1 for address in (TABS, f"{TABS}?geo=EMEA")},
    f"{MANAGER} {TABS}?search=renewal": 2,
    **{f"{MANAGER} {address}": 1 for address in (SUMS, f"{SUMS}?geo=EMEA")},
    **{f"{MANAGER} {address}": 14 for address in (DASHBOARD, f"{DASHBOARD}?geo=EMEA")},
}


def test_each_address_costs_its_queries_however_many_rows_there_are():
    UserFactory(username="sa0", roles=[Role.SA])
    some_deals(1)
    clients = {who: client_of(User.objects.get(username=person(who))) for who, _ in addresses()}
    for client in clients.values():
        client.get(LIST)  # Who somebody is costs one query, asked once.
    few = counts(clients)
    some_deals(2)
    many = counts(clients)
    assert few == many == {address: OTHERS.get(address, A_LIST) for address in few}


def some_deals(number):
    """Of each state and practice, of sa0 and of others: all that a page reads more of than one."""
    for state in ("NEW", "ASSIGNED", "IN_REVIEW"):
        for sa in (User.objects.get(username="sa0"), UserFactory()):
            OpportunityFactory.create_batch(
                number,
                name="Renewal",
                practice=f"Practice {state}",
                workflow_status=state,
                assigned_sa=None if state == "NEW" else sa,
                needs_requalification=True,
                close_date=timezone.now().date() + timedelta(days=3),
            )


def counts(clients):
    return {
        f"{who} {NUMBER.sub('N', address)}": count(clients[who], address)
        for who, address in addresses()
    }


def count(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
