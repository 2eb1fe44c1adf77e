"""Define the tabs of every list, and count them, for admin, API and dashboard."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, Q

from opportunities.access.roles import Role, UserAccess, access_of
from opportunities.access.sales_owner import sold_by
from opportunities.models import conditions
from opportunities.models.querysets import OpportunityQuerySet


@dataclass(frozen=True)
class Tab:
    name: str
    label: str
    condition: Callable[[User], Q]
    is_for: Callable[[UserAccess], bool] = lambda access: True

    def of(self, rows: OpportunityQuerySet, user: User) -> OpportunityQuerySet:
        return rows.filter(self.condition(user))


TABS = (
    Tab("my_queue", "My queue", lambda user: conditions.my_queue(user.pk)),
    Tab(
        "sold_by_me",
        "Sold by me",
        lambda user: sold_by(access_of(user).crm_owner_name),
        lambda access: access.has(Role.SALES_OWNER),
    ),
    Tab("unassigned", "Unassigned", lambda user: conditions.UNASSIGNED),
    Tab("in_assessment", "In assessment", lambda user: conditions.IN_ASSESSMENT),
    Tab("in_review", "In review", lambda user: conditions.IN_REVIEW),
    Tab("decided", "Decided", lambda user: conditions.IS_DECIDED),
    Tab("on_hold", "On hold", lambda user: conditions.ON_HOLD),
    Tab("closed", "Closed", lambda user: conditions.CLOSED),
    Tab("all", "All", lambda user: Q()),
)
TAB_BY_NAME = {tab.name: tab for tab in TABS}


def tabs_for(user: User) -> list[Tab]:
    access = access_of(user)
    return [tab for tab in TABS if tab.is_for(access)]


def tab_counts(rows: OpportunityQuerySet, user: User) -> dict[str, int]:
    """Count the rows that each tab would show, in one query."""
    # Of a column that is never empty and, unlike the id, in the index of states.
    counted = {
        tab.name: Count("workflow_status", filter=tab.condition(user) or None) for tab in TABS
    }
    return dict(rows.order_by().aggregate(**counted))
