"""dlt's REST source, which we did not write, follows the change feed to the end."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from accounts.tokens.tokens import issue_token
from bench.dlt_python import kept_python
from opportunities.models import Opportunity
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.feed.reader import Reader

FOLLOWER = Path(__file__).with_name("dlt_follower.py")


@pytest.mark.skipif(kept_python() is None, reason="no dlt here: python -m bench.dlt_python has it")
@pytest.mark.django_db(transaction=True)
@pytest.mark.any_database
def test_base_and_what_dlt_reads_are_what_there_is(live_server):
    deals = OpportunityFactory.create_batch(4)
    reader = Reader().read_base()
    Opportunity.objects.filter(pk=deals[0].pk).update(name="Renamed")
    deals[1].delete()
    OpportunityFactory.create_batch(3)
    for change in changes_by_dlt(live_server.url, reader.cursor):
        reader.take(change)
    assert reader.known == Reader().read_base().known


def changes_by_dlt(address, cursor):
    user = UserFactory(permissions=["read_feed", "view_opportunity"])
    token = issue_token(user, name="dlt", scopes=["read"])[1]
    printed = subprocess.check_output(
        [kept_python(), FOLLOWER, address, cursor],
        env={**os.environ, "TOKEN": token, "NO_PROXY": "*", "RUNTIME__DLTHUB_TELEMETRY": "false"},
        text=True,
        timeout=120,
    )
    return [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
