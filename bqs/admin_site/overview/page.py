"""Choose the widgets of the admin's first page by role."""

from typing import Any

from django.http import HttpRequest

from bqs.admin_site.overview import widgets
from bqs.admin_site.overview.administration import administration
from bqs.admin_site.overview.scope import EVERY_PRACTICE, practices_to_choose, scope_of
from bqs.admin_site.overview.sync_health import sync_health
from opportunities.access.permissions import VIEW
from opportunities.access.roles import Role
from sync.permissions import VIEW_RUNS

WIDGETS = {"my_work": widgets.my_work, "attention": widgets.attention, "load": widgets.load}
WIDGETS_OF = {
    Role.SA: {"my_work", "attention"},
    Role.LEAD: {"attention", "load"},
    Role.BID_MANAGER: {"attention", "load"},
}


def overview(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what this person may see to the context of the first page."""
    scope = scope_of(request)
    if request.user.has_perm(VIEW):
        own = [names for role, names in WIDGETS_OF.items() if scope.access.has(role)]
        shown = set().union(*own)
        context |= {
            "widgets": {name: widget(scope) for name, widget in WIDGETS.items() if name in shown},
            "practices": practices_to_choose(scope.access),
            "scope": scope,
            "every_practice": EVERY_PRACTICE,
        }
    if request.user.has_perm("auth.change_user"):
        context["administration"] = administration()
    if request.user.has_perm(VIEW_RUNS):
        context["sync_health"] = sync_health(request, scope.now)
    return context
