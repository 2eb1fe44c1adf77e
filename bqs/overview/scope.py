"""Of whose and which opportunities the figures of a page are, and where each leads."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from bqs.dashboard.figure import Amount
from bqs.dashboard.figure import Figure as CountedFigure
from bqs.dashboard.figure import Scope as CountedScope
from bqs.dashboard.groups import Row, groups
from bqs.dashboard.period import Period, period_of
from bqs.overview.words import in_admin_words
from opportunities.models import Opportunity
from opportunities.querysets import OpportunityQuerySet
from opportunities.roles import Role, Standing, standing_of
from opportunities.sorting import sort_key

EVERY_PRACTICE = "all"
Counted = CountedFigure | Amount


@dataclass(frozen=True)
class Figure:
    """A number, and the list of what it counts."""

    count: int
    href: str

    def __str__(self) -> str:
        return f"{self.count:,}"


@dataclass(frozen=True)
class Scope:
    standing: Standing
    practices: tuple[str, ...] = ()
    """Empty for all that this person may see."""
    now: datetime = field(default_factory=timezone.now)

    @property
    def rows(self) -> OpportunityQuerySet:
        seen = Opportunity.objects.visible_to(self.standing).order_by()
        return seen.filter(practice__in=self.practices) if self.practices else seen

    def shared(self, period: Period | None = None) -> CountedScope:
        """The same as the API's dashboard counts in."""
        return CountedScope(
            self.rows, self.standing.user, period or period_of(None, None), self.now
        )

    @cached_property
    def groups(self) -> list[Row]:
        """Read once for all widgets that add them up."""
        return groups(self.shared())

    def linked(self, counted: Counted, **parameters: Any) -> Figure:
        """A figure of the dashboard, leading to the admin's list."""
        return self.figure(counted.count, **{**in_admin_words(counted.narrowed), **parameters})

    def href(self, **parameters: Any) -> str:
        """The list of opportunities, narrowed by these and by the practices of this scope."""
        given = {"tab": "all", **parameters, "practice": self.practices}
        return f"{reverse('admin:opportunities_opportunity_changelist')}?{urlencode(given, True)}"

    def figure(self, count: int | None, **parameters: Any) -> Figure:
        return Figure(count or 0, self.href(**parameters))


def scope_of(request: HttpRequest) -> Scope:
    """As chosen on the page; else a lead sees the practices led, everybody else all."""
    standing = standing_of(request.user)
    chosen = request.GET.get("practice", "")
    if chosen == EVERY_PRACTICE:
        return Scope(standing)
    if chosen:
        return Scope(standing, (chosen,))
    own = standing.practices_led if is_lead_alone(standing) else ()
    return Scope(standing, tuple(sorted(own)))


def is_lead_alone(standing: Standing) -> bool:
    return standing.has(Role.LEAD) and not standing.has(Role.BID_MANAGER)


def practices_to_choose(standing: Standing) -> list[str]:
    seen = Opportunity.objects.visible_to(standing).exclude(practice=None)
    found = seen.order_by().values_list("practice", flat=True).distinct()
    return sorted(filter(None, found), key=sort_key)
