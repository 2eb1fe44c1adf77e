"""What the first screen asks for, against a scan of the whole table; prints JSON.

One process on one database, each request in turn with the scan; medians.
"""

import json
import sys
from functools import partial
from typing import Any

import django

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.db import connection  # noqa: E402

from bench.api.requests import Reader, in_turn  # noqa: E402
from opportunities.access.roles import Role  # noqa: E402
from opportunities.models import Opportunity, PracticeMembership, Profile  # noqa: E402

SCAN = "SELECT count(*) FROM opportunities WHERE name <> ''"
FOR_YOU = "/api/for-you"
LIST = "/api/opportunities?ordering=urgency&page_size=50"
ADDRESSES = (
    (Role.SA, FOR_YOU),
    (Role.LEAD, FOR_YOU),
    (Role.BID_MANAGER, FOR_YOU),
    (Role.SALES_OWNER, FOR_YOU),
    (Role.SA, f"{LIST}&tab=my_queue"),
    (Role.BID_MANAGER, f"{LIST}&tab=all"),
    (Role.BID_MANAGER, "/api/opportunities/tabs"),
    (Role.BID_MANAGER, "/api/dashboard"),
)


def measured(rounds: int) -> list[dict[str, Any]]:
    readers = {role: Reader(_person(role)) for role in dict.fromkeys(role for role, _ in ADDRESSES)}
    return [_measured(role, address, readers[role], rounds) for role, address in ADDRESSES]


def _measured(role: Role, address: str, reader: Reader, rounds: int) -> dict[str, Any]:
    took, scan = in_turn(rounds, partial(reader.get, address), _scan)
    queries = len(reader.queries(address))
    return {"who": role.label, "address": address, "ms": took, "scan_ms": scan, "queries": queries}


def _scan() -> None:
    with connection.cursor() as cursor:
        cursor.execute(SCAN)
        cursor.fetchone()


def _person(role: Role) -> str:
    """One with work: an SA of the filled mirror, and others who lead, manage or sell some of it."""
    if role == Role.SA:
        return "sa0"
    user = User.objects.create(username=f"first-{role.name.lower()}")
    user.groups.add(Group.objects.get(name=role))
    row: Any = Opportunity.objects.exclude(practice=None).exclude(sales_owner=None).earliest("pk")
    if role == Role.LEAD:
        PracticeMembership.objects.create(user=user, practice=row.practice, is_lead=True)
    if role == Role.SALES_OWNER:
        Profile.objects.update_or_create(user=user, defaults={"crm_owner_name": row.sales_owner})
    return user.username


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
