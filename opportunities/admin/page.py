"""Show beside the form what can be done with an opportunity, and what happened to it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from opportunities import extensions
from opportunities.access.roles import access_of, user_of
from opportunities.admin.marks import clock_mark, state_mark
from opportunities.domain.states import Guard
from opportunities.history.labels import crm_changes_in_words
from opportunities.history.timeline import Entry, EntryKind, Timeline, timeline_of
from opportunities.lists.columns import working_days_in_state
from opportunities.lists.presentation import money, percent, person
from opportunities.models import Opportunity
from opportunities.workflow.available import AvailableAction, allowed_actions
from opportunities.workflow.services import opportunity_mark_seen

TIMELINE_VAR = "timeline"
# None of the decisions: which it is, the page does not suggest.
PRIMARY = {"CLAIM", "ASSIGN", "START", "SUBMIT", "RESUME", "CONDITIONS_MET"}


# What is not theirs is told further down; that there is no need of it need not be told.
UNTOLD = ("right", Guard.SECOND_NEEDED, Guard.CRM_CHANGED)


@dataclass(frozen=True)
class Button:
    offer: AvailableAction
    address: str
    is_first: bool


def page_context(request: HttpRequest, deal: Opportunity) -> dict[str, Any]:
    """Return what the page shows, and note that the person has seen it now."""
    looked_at = opportunity_mark_seen(opportunity=deal, by=user_of(request))
    offers = allowed_actions(deal, access_of(request.user))
    kind = request.GET.get(TIMELINE_VAR, "")
    timeline = _links_allowed(timeline_of(deal, kind), request)
    now = timezone.now()
    return {
        "deal": deal,
        "state": state_mark(deal.workflow_status),
        "clock": clock_mark(deal, now),
        "days_in_state": working_days_in_state(deal, now),
        "value": money(deal.deal_value, deal.currency),
        "win": percent(deal.win_probability),
        "sa": person(deal.assigned_sa),
        "buttons": [_button(deal, offer) for offer in offers if offer.is_allowed],
        "refused": [offer for offer in offers if offer.refusal and offer.guard not in UNTOLD],
        "not_theirs": [offer for offer in offers if offer.guard == "right"],
        "panels": _panels(request, deal),
        "timeline": timeline,
        "kinds": [("", "Everything"), *EntryKind.choices],
        "kind": kind if kind in EntryKind.values else "",
        "crm_changes": crm_changes_in_words(deal),
        "looked_at": looked_at,
        "news": _news(timeline, looked_at, request) if not kind else [],
        "may_comment": access_of(request.user).may_comment(deal),
    }


def _panels(request: HttpRequest, deal: Opportunity) -> dict[str, list[str]]:
    return {
        place.value: [
            html for panel in extensions.panels.all(place) if (html := panel(request, deal))
        ]
        for place in extensions.Place
    }


def _button(deal: Opportunity, offer: AvailableAction) -> Button:
    own = reverse("admin:opportunities_opportunity_transition", args=[deal.pk, offer.action])
    elsewhere = extensions.action_pages.ask(deal, key=offer.action)
    return Button(offer, elsewhere or own, offer.action in PRIMARY)


def _links_allowed(timeline: Timeline, request: HttpRequest) -> Timeline:
    entries = [
        entry if request.user.has_perm(entry.permission) else replace(entry, address="")
        for entry in timeline.entries
    ]
    return replace(timeline, entries=entries)


def _news(timeline: Timeline, since: datetime | None, request: HttpRequest) -> list[Entry]:
    """Return what others did since this person looked last."""
    if since is None:
        return []
    return [
        entry
        for entry in timeline.entries
        if entry.at > since and entry.actor_id != request.user.pk
    ]
