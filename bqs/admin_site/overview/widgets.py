"""Widgets of the overview: my work, what needs attention, and the workload of each SA."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from bqs.admin_site.overview.scope import LinkedFigure, Scope, is_lead_alone
from bqs.dashboard import work
from bqs.dashboard.figure import counted
from opportunities.access.roles import Role, people_with
from opportunities.admin.marks import clock_mark, state_mark
from opportunities.domain.policy import policy
from opportunities.domain.states import OPEN_WORK
from opportunities.lists.presentation import person

MOST_DEALS = 8


def my_work(scope: Scope) -> dict[str, Any]:
    """Count a person's own work in all practices, and list what is due next."""
    everywhere = scope.everywhere()
    queue = everywhere.rows.my_queue(scope.access.user)
    figures = work.my_work(work.load(replace(everywhere, rows=queue)), scope.access.user.pk)
    mine = queue.order_by("due_at", "pk")[:MOST_DEALS]
    return {
        "figures": [(each.label, everywhere.linked(each)) for each in figures],
        "next": [
            (deal, state_mark(deal.workflow_status), clock_mark(deal, scope.now)) for deal in mine
        ],
        "all": everywhere.href(tab="my_queue"),
    }


def attention(scope: Scope) -> dict[str, Any]:
    """Count deals by reason: one with two reasons counts in both lines, and once in the sum."""
    (whole,), reasons = counted(scope.rows, [work.any_attention(scope)], work.attention(scope))
    lines = [(each.label, scope.linked(each)) for each in reasons]
    return {"lines": lines, "any": scope.linked(whole)}


@dataclass(frozen=True)
class Segment:
    """A part of a bar, with the lengths that SVG takes."""

    series: int
    start: str
    length: str


@dataclass(frozen=True)
class Workload:
    name: str
    steps: list[LinkedFigure]
    total: LinkedFigure
    overdue: LinkedFigure
    bar: list[Segment]
    is_beyond: bool


def load(scope: Scope) -> dict[str, Any]:
    """Count all open work of each SA, whatever its practice: it all takes the same day."""
    everywhere, limit = scope.everywhere(), policy.SA_LOAD_LIMIT
    busy = {each.sa: each for each in work.load(everywhere)}
    people = _people(scope, list(busy))
    loads = [busy.get(each.pk) or work.idle(each.pk, person(each)) for each in people]
    longest = max([limit, *(each.count for each in loads)])
    return {
        "lines": [
            Workload(
                each.label,
                [everywhere.linked(step) for step in each.steps],
                everywhere.linked(each),
                everywhere.linked(each.overdue),
                _bar([step.count for step in each.steps], longest),
                each.count > limit,
            )
            for each in sorted(loads, key=lambda load: -load.count)
        ],
        "states": [state.label for state in OPEN_WORK],
        "limit": limit,
        "limit_at": f"{100 * limit / longest:.1f}%",
    }


def _people(scope: Scope, with_work: list[int]) -> Any:
    """Return a lead's own SAs; for a bid manager all SAs, and former ones who still have work."""
    sas = people_with(Role.SA)
    if is_lead_alone(scope.access):
        led = scope.access.practices_led
        return sas.filter(practice_memberships__practice__in=led).distinct()
    who = Q(pk__in=sas.values("pk")) | Q(pk__in=with_work)
    return User.objects.filter(who).order_by("username__in_order")


def _bar(parts: Sequence[int], longest: int) -> list[Segment]:
    """Return the parts one after another; `longest` takes the full length."""
    segments, start = [], 0.0
    for series, part in enumerate(parts, 1):
        length = 100 * part / longest
        if part:
            segments.append(Segment(series, f"{start:.2f}%", f"{length:.2f}%"))
        start += length
    return segments
