"""Find the open work of a person who leaves, and link to where it is reassigned."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessments.models import DRAFTS
from opportunities.access.roles import access_of
from opportunities.domain.states import BY_ACTION, Action, WorkflowStatus
from opportunities.lists.presentation import person
from opportunities.models import Opportunity, conditions
from opportunities.models.querysets import OpportunityQuerySet


@dataclass(frozen=True)
class Holding:
    """Work that waits for one person."""

    user: User
    in_assessment: int
    drafts: int
    on_hold: int
    conditional: list[Opportunity] = field(default_factory=list)
    """Bids with a condition that is theirs to meet."""

    def __bool__(self) -> bool:
        return bool(self.in_assessment or self.on_hold or self.conditional)

    def __str__(self) -> str:
        counts = (
            (self.in_assessment, "opportunity in assessment", "opportunities in assessment"),
            (self.drafts, "draft", "drafts"),
            (self.on_hold, "opportunity on hold", "opportunities on hold"),
            (len(self.conditional), "bid with an open condition", "bids with open conditions"),
        )
        parts = [f"{intcomma(n)} {one if n == 1 else many}" for n, one, many in counts if n]
        return ", ".join(parts[:-1]) + (" and " if parts[:-1] else "") + parts[-1] if parts else ""

    def in_assessment_list(self) -> str:
        return self._list("in_assessment")

    def on_hold_list(self) -> str:
        return self._list("on_hold")

    def _list(self, tab: str) -> str:
        address = reverse("admin:opportunities_opportunity_changelist")
        return f"{address}?{urlencode({'tab': tab, 'sa': self.user.pk})}"


def holding_of(user: User, seen: OpportunityQuerySet | None = None) -> Holding:
    """Count a person's open work among the visible opportunities, by default all."""
    seen = Opportunity.objects.all() if seen is None else seen
    held = seen.filter(conditions.held_by(pk=user.pk))
    drafted = held.in_assessment().filter(assessments__status__in=DRAFTS)
    return Holding(
        user,
        in_assessment=held.in_assessment().count(),
        drafts=drafted.values("pk").distinct().count(),
        on_hold=held.filter(conditions.ON_HOLD).count(),
        conditional=list(
            held.filter(conditions.in_state(WorkflowStatus.CONDITIONAL)).order_by("name__in_order")
        ),
    )


def holding_context(request: HttpRequest, user: User) -> dict[str, Any]:
    access = access_of(request.user)
    holding = holding_of(user, Opportunity.objects.visible_to(access))
    may_assign = access.could_hold_any(BY_ACTION[Action.REASSIGN].rights)
    return {"holding": holding, "may_assign": may_assign}


def warning_of(user: User) -> SafeString | None:
    """Return a warning about a deactivated person's open work; None if there is none."""
    holding = holding_of(user)
    if not holding:
        return None
    return format_html(
        '{} can no longer sign in and still holds {}. <a href="{}" class="text-link">{}</a>',
        person(user),
        holding,
        reverse("admin:auth_user_change", args=[user.pk]),
        "Hand it over",
    )
