"""The page of one action on one opportunity: what it asks for, and the refusal in plain words."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from opportunities.admin.action_form import ActionForm
from opportunities.admin.action_parts import ActionPart, page_of, part_of
from opportunities.allowed import ActionOffer, allowed_actions
from opportunities.models import Channel, Opportunity
from opportunities.refusals import Forbidden, GuardFailed, OutOfSight, TransitionRefused
from opportunities.roles import standing_of, user_of
from opportunities.services import opportunity_comment
from opportunities.transitions import move
from opportunities.wording import crm_changes_in_words
from opportunities.workflow import BY_ACTION, Action, WorkflowStatus

PAGE = "admin/opportunities/opportunity/action.html"


class MovesOne(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/do/<str:name>", view(self.do), name="opportunities_opportunity_do"),
            path("<int:pk>/comment", view(self.comment), name="opportunities_opportunity_comment"),
            *super().get_urls(),
        ]

    def do(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        deal, action = self._in_sight(request, pk), _action(name)
        if not standing_of(request.user).holds_any(BY_ACTION[action].rights, deal):
            raise PermissionDenied(f"{action.label} is not yours to do here.")
        if address := page_of(deal, action):
            return HttpResponseRedirect(address)
        data = request.POST if request.method == "POST" else None
        form = ActionForm(BY_ACTION[action], data)
        part = part_of(deal, action, user_of(request), data)
        is_whole = form.is_valid() & (part is None or part.is_valid())
        if data is None or not is_whole:
            return self._action_page(
                request, deal, action, form, part, status=200 if data is None else 400
            )
        return self._move(request, deal, action, form, part)

    def _move(
        self,
        request: HttpRequest,
        deal: Opportunity,
        action: Action,
        form: ActionForm,
        part: ActionPart | None,
    ) -> HttpResponse:
        said = form.said() | {"by": user_of(request), "channel": Channel.SCREEN}
        said["params"] |= part.params() if part else {}
        try:
            moved = move(deal, action, expected_version=_version_seen(request), **said)
        except Forbidden as refusal:
            raise PermissionDenied(refusal.sentence) from refusal
        except OutOfSight as refusal:
            raise Http404(refusal.sentence) from refusal
        except TransitionRefused as refusal:
            form.add_error(None, refusal.sentence)
            deal.refresh_from_db()
            return self._action_page(request, deal, action, form, part, status=refusal.status_code)
        state = WorkflowStatus(moved.workflow_status).label
        self.message_user(request, f"{action.label}: done. It is {state} now.", messages.SUCCESS)
        return HttpResponseRedirect(address_of(moved))

    def _action_page(
        self,
        request: HttpRequest,
        deal: Opportunity,
        action: Action,
        form: ActionForm,
        part: ActionPart | None,
        status: int,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": action.label,
            "subtitle": str(deal),
            "opts": self.opts,
            "deal": deal,
            "crm_changes": crm_changes_in_words(deal),
            "offer": _offer(deal, action, request),
            "form": form,
            "part": part,
            "back": address_of(deal),
        }
        return TemplateResponse(request, PAGE, context, status=status)

    def comment(self, request: HttpRequest, pk: int) -> HttpResponse:
        deal = self._in_sight(request, pk)
        who: dict[str, Any] = {"by": user_of(request), "channel": Channel.SCREEN}
        try:
            opportunity_comment(opportunity=deal, text=request.POST.get("text", ""), **who)
        except Forbidden as refusal:
            raise PermissionDenied(refusal.sentence) from refusal
        except GuardFailed as refusal:
            self.message_user(request, refusal.sentence, messages.ERROR)
        return HttpResponseRedirect(f"{address_of(deal)}#timeline")

    def _in_sight(self, request: HttpRequest, pk: int) -> Opportunity:
        if not self.has_view_permission(request):
            raise PermissionDenied
        deal: Opportunity | None = self.get_queryset(request).filter(pk=pk).first()
        if deal is None:
            raise Http404("It is not there, or not yours to see.")
        return deal


def address_of(deal: Opportunity) -> str:
    return reverse("admin:opportunities_opportunity_change", args=[deal.pk])


def _action(name: str) -> Action:
    if name not in Action.values or BY_ACTION[Action(name)].is_system:
        raise Http404("There is no such action.")
    return Action(name)


def _offer(deal: Opportunity, action: Action, request: HttpRequest) -> ActionOffer | None:
    """None where the state has no such action."""
    offers = allowed_actions(deal, standing_of(request.user))
    return next((offer for offer in offers if offer.action == action), None)


def _version_seen(request: HttpRequest) -> int:
    """A form without a number is not believed to have seen the newest state."""
    text = request.POST.get("lock_version", "")
    return int(text) if text.isdecimal() else -1
