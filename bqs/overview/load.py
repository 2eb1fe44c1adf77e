"""What each SA has to do, against how much is thought to be enough."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q

from bqs.dashboard import load as desks
from bqs.overview.bars import Segment, share, stacked
from bqs.overview.scope import Figure, Scope, is_lead_alone
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
    busy = {each.sa: each for each in desks.load(whole.shared())}
    people = _people(scope, list(busy))
    loads = [busy.get(each.pk) or desks.idle(each.pk, person(each)) for each in people]
    longest = max([settings.SA_LOAD_LIMIT, *(each.count for each in loads)])
    return {
        "lines": [_line(whole, each, longest) for each in sorted(loads, key=lambda x: -x.count)],
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
        "username__in_order"
    )


def _line(whole: Scope, of_sa: desks.Load, longest: int) -> Line:
    return Line(
        of_sa.label,
        [whole.linked(each) for each in of_sa.steps],
        whole.linked(of_sa),
        whole.linked(of_sa.overdue),
        stacked([each.count for each in of_sa.steps], longest),
        of_sa.count > settings.SA_LOAD_LIMIT,
    )
