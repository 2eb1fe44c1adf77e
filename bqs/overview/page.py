"""Which widgets somebody's first page has, and in which order."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from bqs.overview.age import age
from bqs.overview.attention import attention
from bqs.overview.decisions import decisions
from bqs.overview.first_assessment import first_assessment
from bqs.overview.load import load
from bqs.overview.my_work import my_work
from bqs.overview.pipeline import pipeline
from bqs.overview.scope import EVERY_PRACTICE, Scope, practices_to_choose, scope_of
from bqs.overview.sync_health import sync_health
from bqs.overview.win_rate import win_rate
from opportunities.roles import Role, Standing

Widget = Callable[[Scope], dict[str, Any]]
WIDGETS: dict[str, Widget] = {
    "my_work": my_work,
    "attention": attention,
    "pipeline": pipeline,
    "first_assessment": first_assessment,
    "age": age,
    "load": load,
    "decisions": decisions,
    "win_rate": win_rate,
}
ANYBODY = frozenset({"pipeline", "decisions", "win_rate"})
WIDGETS_OF = {
    Role.SA: frozenset({"my_work", "attention", "pipeline"}),
    Role.LEAD: frozenset({"attention", "first_assessment", "age", "load"}),
    Role.BID_MANAGER: frozenset({"attention", "pipeline", "decisions", "win_rate"}),
}


def overview(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what this person may see to the context of the first page, and nothing else."""
    scope = scope_of(request)
    if request.user.has_perm("opportunities.view_opportunity"):
        shown = widgets_of(scope.standing)
        context["widgets"] = {
            name: widget(scope) for name, widget in WIDGETS.items() if name in shown
        }
        context["practices"] = practices_to_choose(scope.standing)
        context["scope"] = scope
        context["every_practice"] = EVERY_PRACTICE
    if request.user.is_staff:
        context["sync_health"] = sync_health(request, scope.now)
    return context


def widgets_of(standing: Standing) -> frozenset[str]:
    """Of all the roles one has; without any of the three, those that management looks at."""
    own = [widgets for role, widgets in WIDGETS_OF.items() if standing.has(role)]
    return frozenset().union(*own) or ANYBODY
