"""What each SA has to do, against how much is thought to be enough."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, Q

from bqs.overview.bars import Segment, share, stacked
from bqs.overview.scope import Figure, Scope, is_lead_alone
from opportunities import conditions
from opportunities.presentation import person
from opportunities.roles import Role, people_with
from opportunities.workflow import OPEN_WORK


@dataclass(frozen=True)
class Line:
    name: str
    steps: list[Figure]
    total: Figure
    overdue: Figure
    bar: list[Segment]
    is_beyond: bool


def load(scope: Scope) -> dict[str, Any]:
    """All open work of each SA, whatever its practice: a day has the same hours everywhere."""
    whole = Scope(scope.standing, now=scope.now)
    work = whole.rows.filter(conditions.IN_ASSESSMENT).exclude(assigned_sa=None)
    counts = {
        row.pop("assigned_sa"): row
        for row in work.values("assigned_sa").annotate(
            overdue=Count("pk", filter=conditions.overdue(scope.now)),
            **{each: Count("pk", filter=Q(workflow_status=each)) for each in OPEN_WORK},
        )
    }
    people = list(_people(scope, list(counts)))
    longest = max([settings.SA_LOAD_LIMIT, *(_total(counts.get(each.pk)) for each in people)])
    lines = [_line(whole, each, counts.get(each.pk, {}), longest) for each in people]
    return {
        "lines": sorted(lines, key=lambda line: -line.total.count),
        "states": [each.label for each in OPEN_WORK],
        "limit": settings.SA_LOAD_LIMIT,
        "limit_at": share(settings.SA_LOAD_LIMIT, longest),
    }


def _people(scope: Scope, with_work: list[int]) -> Any:
    """A lead's own SAs; for a bid manager all, and who has work without being one any more."""
    sas = people_with(Role.SA)
    if is_lead_alone(scope.standing):
        led = scope.standing.practices_led
        return sas.filter(practice_memberships__practice__in=led).distinct()
    return User.objects.filter(Q(pk__in=sas.values("pk")) | Q(pk__in=with_work)).order_by(
        "username"
    )


def _line(scope: Scope, user: User, counts: dict[str, int], longest: int) -> Line:
    here = {"sa": user.pk}
    steps = [counts.get(each, 0) for each in OPEN_WORK]
    in_tab = {**here, "tab": "in_assessment"}
    return Line(
        person(user),
        [
            scope.figure(count, **here, workflow_status__exact=each.value)
            for each, count in zip(OPEN_WORK, steps, strict=True)
        ],
        scope.figure(sum(steps), **in_tab),
        scope.figure(counts.get("overdue"), **in_tab, clock="overdue"),
        stacked(steps, longest),
        sum(steps) > settings.SA_LOAD_LIMIT,
    )


def _total(counts: dict[str, int] | None) -> int:
    return sum(counts[each] for each in OPEN_WORK) if counts else 0
