"""What a person holds whom nobody should deactivate unasked, and how it comes to others."""

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
from opportunities import conditions
from opportunities.models import Opportunity
from opportunities.presentation import person
from opportunities.roles import standing_of
from opportunities.workflow import BY_ACTION, Action, WorkflowStatus


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
        said = [f"{intcomma(n)} {one if n == 1 else many}" for n, one, many in counts if n]
        return ", ".join(said[:-1]) + (" and " if said[:-1] else "") + said[-1] if said else ""

    def in_assessment_list(self) -> str:
        return self._list("in_assessment")

    def on_hold_list(self) -> str:
        return self._list("on_hold")

    def _list(self, tab: str) -> str:
        address = reverse("admin:opportunities_opportunity_changelist")
        return f"{address}?{urlencode({'tab': tab, 'sa': self.user.pk})}"


def holding_of(user: User) -> Holding:
    held = Opportunity.objects.filter(conditions.held_by(pk=user.pk))
    drafted = held.in_assessment().filter(assessments__status__in=DRAFTS)
    return Holding(
        user,
        in_assessment=held.in_assessment().count(),
        drafts=drafted.values("pk").distinct().count(),
        on_hold=held.on_hold().count(),
        conditional=list(
            held.filter(conditions.in_state(WorkflowStatus.CONDITIONAL)).order_by("name__in_order")
        ),
    )


def holding_context(request: HttpRequest, user: User) -> dict[str, Any]:
    may_assign = standing_of(request.user).could_hold_any(BY_ACTION[Action.REASSIGN].rights)
    return {"holding": holding_of(user), "may_assign": may_assign}


def warning_of(user: User) -> SafeString | None:
    """For who has just deactivated this person; None where nothing waits for them."""
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
