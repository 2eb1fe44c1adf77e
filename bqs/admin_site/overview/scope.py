"""Scope of the overview: whose figures it shows, and the admin's list behind each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from bqs.dashboard import figure
from bqs.dashboard.period import period_of
from opportunities.access.roles import Role, UserAccess, access_of
from opportunities.lists.figures import ANY_ATTENTION
from opportunities.lists.sorting import sort_key
from opportunities.models import Opportunity

EVERY_PRACTICE = "all"
# The parameters of the API's list, as the filters of the admin's list name them.
ADMIN_NAMES = {
    "workflow_status": "workflow_status__exact",
    "attention_reason": "attention",
    "assigned_sa": "sa",
}
ADMIN_FLAGS = {"overdue": ("clock", "overdue"), "attention": ("attention", ANY_ATTENTION.name)}


@dataclass(frozen=True)
class LinkedFigure:
    """A number, and the address of the rows it counts."""

    count: int
    href: str

    def __str__(self) -> str:
        return f"{self.count:,}"


@dataclass(frozen=True, kw_only=True)
class Scope(figure.Scope):
    """A dashboard scope for one person and some practices; none means all."""

    access: UserAccess
    practices: tuple[str, ...] = ()

    def everywhere(self) -> "Scope":
        return scope_for(self.access, now=self.now)

    def linked(self, counted: figure.Figure) -> LinkedFigure:
        return LinkedFigure(counted.count, self.href(**_in_admin(counted.narrowed)))

    def href(self, **parameters: Any) -> str:
        """Return the address of the admin's list with these filters, in these practices."""
        query = urlencode({"tab": "all", **parameters, "practice": self.practices}, doseq=True)
        return f"{reverse('admin:opportunities_opportunity_changelist')}?{query}"


def scope_of(request: HttpRequest) -> Scope:
    """Return the practice chosen on the page; without one, a lead's own or else all."""
    access, chosen = access_of(request.user), request.GET.get("practice", "")
    if chosen:
        return scope_for(access, () if chosen == EVERY_PRACTICE else (chosen,))
    return scope_for(access, sorted(access.practices_led) if is_lead_alone(access) else ())


def scope_for(access: UserAccess, practices: Any = (), now: datetime | None = None) -> Scope:
    rows = Opportunity.objects.visible_to(access).order_by()
    return Scope(
        rows=rows.filter(practice__in=practices) if practices else rows,
        user=access.user,
        period=period_of(None, None),
        now=now or timezone.now(),
        access=access,
        practices=tuple(practices),
    )


def is_lead_alone(access: UserAccess) -> bool:
    return access.has(Role.LEAD) and not access.has(Role.BID_MANAGER)


def practices_to_choose(access: UserAccess) -> list[str]:
    visible = Opportunity.objects.visible_to(access).exclude(practice=None)
    found = visible.order_by().values_list("practice", flat=True).distinct()
    return sorted(filter(None, found), key=sort_key)


def _in_admin(narrowed: Mapping[str, Any]) -> dict[str, Any]:
    return dict(
        ADMIN_FLAGS.get(name) or (ADMIN_NAMES.get(name, name), str(value))
        for name, value in narrowed.items()
    )
