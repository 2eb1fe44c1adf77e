"""Who asks the web for what. Django has to be set up before it is imported."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone

from opportunities.access.roles import Role
from opportunities.models import Opportunity, PracticeMembership, Profile

FOR_YOU, DASHBOARD, PULSE = "/api/for-you", "/api/dashboard", "/api/pulse"
LIST, TABS, SUMS = (f"/api/opportunities{part}" for part in ("", "/tabs", "/sums"))
ORDERS = ("urgency", "deal_value", "close_date", "score", "bid_due_on", "name", "customer")
MANAGER, SA, LEAD_OF_ONE, LEAD_OF_20, SELLER = (
    *("Bid manager", "SA", "Lead of 1 practice", "Lead of 20 practices", "Sales owner"),
)


def addresses() -> list[tuple[str, str]]:
    """Who asks for what; a page far back has the number that lies in the middle."""
    middle = max(Opportunity.objects.count() // 100, 1)
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
        (MANAGER, f"{LIST}?page={max(2 * middle - 3, 1)}"),
        (MANAGER, f"{LIST}?page={middle}&ordering=-deal_value"),
        (MANAGER, TABS),
        (MANAGER, f"{TABS}?geo=EMEA"),
        (MANAGER, f"{TABS}?search=renewal"),
        (MANAGER, SUMS),
        (MANAGER, f"{SUMS}?geo=EMEA"),
        (MANAGER, DASHBOARD),
        (MANAGER, f"{DASHBOARD}?geo=EMEA"),
    ]


def person(who: str) -> str:
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
