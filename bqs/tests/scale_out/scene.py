"""People of two hosts and a receiver of events; prints what the test knows of each person.

For `manage.py shell`, on a mirror that a first sync has filled.
"""

import json
import os

from accounts.tokens.tokens import Scope, issue_token
from notifications.models import Endpoint, Rule
from opportunities.domain.states import WorkflowStatus
from opportunities.models import Opportunity
from opportunities.tests.workflow_scene import bid_manager, sa

TEAMS = 3


def person(user) -> dict:
    return {"id": str(user.pk), "token": issue_token(user, "A program", [*Scope])[1]}


def make() -> str:
    endpoint = Endpoint.objects.create(
        name="Warehouse", kind="webhook", address=os.environ["RECEIVER"], secret="one"
    )
    Rule.objects.create(name="All", endpoint=endpoint)
    deals = Opportunity.objects.filter(workflow_status=WorkflowStatus.NEW).order_by("pk")
    return json.dumps(
        {
            "teams": [{"desk": person(bid_manager()), "sa": person(sa())} for _ in range(TEAMS)],
            "operator": person(bid_manager(permissions=["trigger_sync"])),
            "deals": [str(pk) for pk in deals.values_list("pk", flat=True)],
        }
    )
