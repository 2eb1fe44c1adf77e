"""Build the admin's navigation."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from opportunities.access.permissions import VIEW
from opportunities.access.roles import Role, access_of
from opportunities.lists.tabs import TABS, Tab

ICONS = {
    "my_queue": "assignment_ind",
    "sold_by_me": "sell",
    "unassigned": "inbox",
    "in_assessment": "rule",
    "in_review": "rate_review",
    "decided": "task_alt",
    "on_hold": "pause_circle",
    "closed": "inventory_2",
    "all": "list",
}


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all links; each user sees those to pages they may open."""
    overview = {"title": "Overview", "icon": "dashboard", "link": reverse("admin:index")}
    return [
        {"items": [overview]},
        {"title": "Opportunities", "items": [_tab(tab) for tab in TABS]},
        {"title": "Mirror of the CRM", "items": list(_mirror())},
        {"title": "Administration", "items": list(_administration())},
    ]


def _list() -> str:
    return reverse("admin:opportunities_opportunity_changelist")


def _tab(tab: Tab) -> dict[str, Any]:
    return {
        "title": tab.label,
        "icon": ICONS[tab.name],
        "link": f"{_list()}?tab={tab.name}",
        "permission": lambda request: _is_shown(request, tab),
        "active": lambda request: _is_in_tab(request, tab.name),
    }


def _is_shown(request: HttpRequest, tab: Tab) -> bool:
    access = access_of(request.user)
    if tab.name == "my_queue":
        return access.has(Role.SA)
    return request.user.has_perm(VIEW) and tab.is_for(access)


def _is_in_tab(request: HttpRequest, name: str) -> bool:
    return request.path == _list() and request.GET.get("tab", "all") == name


def _mirror() -> list[dict[str, Any]]:
    return [
        _page("Syncs", "sync", "sync", "synclog"),
        _page("Rejected records", "error", "sync", "rejectedrecord"),
        _page("Reconciliations", "balance", "sync", "reconciliation"),
    ]


def _administration() -> list[dict[str, Any]]:
    return [
        _page("Assessment templates", "checklist", "assessments", "assessmenttemplate"),
        _page("People", "group", "auth", "user"),
        _page("Notification rules", "rule", "notifications", "rule"),
        _page("Endpoints", "webhook", "notifications", "endpoint"),
        _page("Deliveries", "send", "outbox", "delivery"),
        _page("Events", "event_note", "outbox", "event"),
        _page("Alarms", "notifications_active", "bqs", "alarm"),
        _page("Practices", "lan", "opportunities", "practicemembership"),
        _page("Absences", "beach_access", "opportunities", "absence"),
        _page("Policy", "tune", "opportunities", "policyversion"),
        _page("Exchange rates", "currency_exchange", "bqs", "exchangerate"),
        _page("Roles", "badge", "auth", "group"),
        _page("Audit", "policy", "audit", "auditevent"),
        *([_role_requests()] if settings.ROLE_CHANGES_NEED_TWO else []),
    ]


def _role_requests() -> dict[str, Any]:
    page = _page("Role requests", "how_to_reg", "accounts", "rolerequest")
    return page | {"permission": _may("auth.change_user")}


def _page(title: str, icon: str, app: str, model: str) -> dict[str, Any]:
    return {
        "title": title,
        "icon": icon,
        "link": reverse(f"admin:{app}_{model}_changelist"),
        "permission": _may(f"{app}.view_{model}"),
    }


def _may(right: str) -> Callable[[HttpRequest], bool]:
    return lambda request: request.user.has_perm(right)
