"""What people ask the web for, against a scan of the whole table; prints JSON.

One process on one database, each request in turn with the scan; medians. What each costs
PostgreSQL is in `plans()`.
"""

import json
import sys
from functools import partial
from typing import Any

import django

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.api.requests import Reader, in_turn  # noqa: E402
from opportunities.access.roles import Role  # noqa: E402
from opportunities.models import Opportunity, PracticeMembership, Profile  # noqa: E402

SCAN = "SELECT count(*) FROM opportunities WHERE name <> ''"
FOR_YOU, DASHBOARD = "/api/for-you", "/api/dashboard"
LIST, TABS, SUMS = (f"/api/opportunities{part}" for part in ("", "/tabs", "/sums"))
ORDERS = ("urgency", "deal_value", "close_date", "score", "bid_due_on", "name", "customer")
MANAGER, SA, LEAD_OF_ONE, LEAD_OF_20, SELLER = (
    *("Bid manager", "SA", "Lead of 1 practice", "Lead of 20 practices", "Sales owner"),
)


def addresses() -> list[tuple[str, str]]:
    """Who asks for what; a page far back has the number that lies in the middle."""
    middle = Opportunity.objects.count() // 100
    number = Opportunity.objects.values_list("opty_number", flat=True).latest("pk")
    return [
        (SA, FOR_YOU),
        (LEAD_OF_ONE, FOR_YOU),
        (LEAD_OF_20, FOR_YOU),
        (MANAGER, FOR_YOU),
        (SELLER, FOR_YOU),
        (MANAGER, LIST),
        (SA, f"{LIST}?ordering=urgency&tab=my_queue"),
        (LEAD_OF_20, f"{LIST}?ordering=urgency&tab=unassigned"),
        *((MANAGER, f"{LIST}?ordering={sign}{name}") for name in ORDERS for sign in ("", "-")),
        (MANAGER, f"{LIST}?ordering=practice"),
        (MANAGER, f"{LIST}?ordering=-win_probability"),
        (MANAGER, f"{LIST}?geo=EMEA&workflow_status=NEW"),
        (MANAGER, f"{LIST}?geo=EMEA&ordering=-deal_value"),
        (MANAGER, f"{LIST}?attention=true"),
        (MANAGER, f"{LIST}?close_date_to=30d&close_date_from=0d&ordering=close_date"),
        (MANAGER, f"{LIST}?search=renewal"),
        (MANAGER, f"{LIST}?search={number}"),
        (MANAGER, f"{LIST}?group=practice"),
        (MANAGER, f"{LIST}?group=workflow_status"),
        (MANAGER, f"{LIST}?page={middle}"),
        (MANAGER, f"{LIST}?page={2 * middle - 3}"),
        (MANAGER, f"{LIST}?page={middle}&ordering=-deal_value"),
        (MANAGER, TABS),
        (MANAGER, f"{TABS}?geo=EMEA"),
        (MANAGER, f"{TABS}?search=renewal"),
        (MANAGER, SUMS),
        (MANAGER, f"{SUMS}?geo=EMEA"),
        (MANAGER, DASHBOARD),
        (MANAGER, f"{DASHBOARD}?geo=EMEA"),
    ]


def measured(rounds: int, part: str = "") -> list[dict[str, Any]]:
    asked = [each for each in addresses() if part in " ".join(each)]
    readers = {who: Reader(_person(who)) for who in dict.fromkeys(who for who, _ in asked)}
    return [_measured(who, address, readers[who], rounds) for who, address in asked]


def _measured(who: str, address: str, reader: Reader, rounds: int) -> dict[str, Any]:
    took, scan = in_turn(rounds, partial(reader.get, address), _scan)
    queries = reader.timed_queries(address)
    return {
        "who": who,
        "address": address,
        "ms": took,
        "scan_ms": scan,
        "queries": len(queries),
        "slowest": sorted(queries, reverse=True)[:3],
    }


def _scan() -> None:
    with connection.cursor() as cursor:
        cursor.execute(SCAN)
        cursor.fetchone()


def _person(who: str) -> str:
    """One with work: an SA of the filled mirror, and others who lead, manage or sell some of it."""
    if who == SA:
        return "sa0"
    name = f"{who} {timezone.now():%H%M%S%f}".replace(" ", "-").lower()
    user = User.objects.create(username=name)
    role = {MANAGER: Role.BID_MANAGER, SELLER: Role.SALES_OWNER}.get(who, Role.LEAD)
    user.groups.add(Group.objects.get(name=role))
    if who == SELLER:
        row: Any = Opportunity.objects.exclude(sales_owner=None).earliest("pk")
        Profile.objects.update_or_create(user=user, defaults={"crm_owner_name": row.sales_owner})
    count = {LEAD_OF_ONE: 1, LEAD_OF_20: 20}.get(who, 0)
    for practice in _practices()[:count]:
        PracticeMembership.objects.create(user=user, practice=practice, is_lead=True)
    return user.username


def _practices() -> list[str]:
    """Those that there are, and invented ones: a lead of 20 leads everything."""
    there = Opportunity.objects.exclude(practice=None).order_by("practice").values("practice")
    known: list[Any] = list(there.distinct().values_list("practice", flat=True))
    return [*known, *(f"Practice {number}" for number in range(20))]


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), *sys.argv[2:])))
