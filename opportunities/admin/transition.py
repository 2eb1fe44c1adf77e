"""Show the page of an action: what it asks for, and why it is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from opportunities import extensions
from opportunities.access.roles import access_of, user_of
from opportunities.admin.action_form import ActionForm
from opportunities.domain.errors import Forbidden, GuardFailed, NotVisible, TransitionRefused
from opportunities.domain.states import BY_ACTION, Action, WorkflowStatus
from opportunities.history.labels import crm_changes_in_words
from opportunities.models import Channel, Opportunity
from opportunities.workflow.available import AvailableAction, allowed_actions
from opportunities.workflow.services import opportunity_comment
from opportunities.workflow.transitions import apply_transition

PAGE = "admin/opportunities/opportunity/action.html"
NAMED = "opportunities_opportunity"


class TransitionMixin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/transition/<str:name>", view(self.transition), name=f"{NAMED}_transition"
            ),
            path("<int:pk>/comment", view(self.comment), name=f"{NAMED}_comment"),
            *super().get_urls(),
        ]

    def transition(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        deal, action = self._visible_opportunity(request, pk), _action(name)
        access = access_of(request.user)
        if not access.holds_any(BY_ACTION[action].rights, deal):
            raise PermissionDenied(f"You cannot do this here: {action.label}.")
        if address := extensions.action_pages.ask(deal, key=action):
            return HttpResponseRedirect(address)
        data = request.POST if request.method == "POST" else None
        form = ActionForm(BY_ACTION[action], access, data)
        part = extensions.action_parts.ask(deal, action, user_of(request), data, key=action)
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
        part: extensions.ActionPart | None,
    ) -> HttpResponse:
        kwargs = form.transition_kwargs() | {"by": user_of(request), "channel": Channel.SCREEN}
        kwargs["params"] |= part.params() if part else {}
        version = _version_seen(request)
        try:
            with refusals_as_pages():
                moved = apply_transition(deal, action, expected_version=version, **kwargs)
        except TransitionRefused as refusal:
            form.add_error(None, refusal.sentence)
            deal.refresh_from_db()
            return self._action_page(request, deal, action, form, part, status=refusal.status_code)
        state = WorkflowStatus(moved.workflow_status).label
        self.message_user(
            request, f"{action.label}: done. The state is now {state}.", messages.SUCCESS
        )
        return HttpResponseRedirect(address_of(moved))

    def _action_page(
        self,
        request: HttpRequest,
        deal: Opportunity,
        action: Action,
        form: ActionForm,
        part: extensions.ActionPart | None,
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
        deal = self._visible_opportunity(request, pk)
        who: dict[str, Any] = {"by": user_of(request), "channel": Channel.SCREEN}
        try:
            with refusals_as_pages():
                opportunity_comment(opportunity=deal, text=request.POST.get("text", ""), **who)
        except GuardFailed as refusal:
            self.message_user(request, refusal.sentence, messages.ERROR)
        return HttpResponseRedirect(f"{address_of(deal)}#timeline")

    def _visible_opportunity(self, request: HttpRequest, pk: int) -> Opportunity:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return Opportunity.objects.for_list().visible_or_404(request.user, pk)


@contextmanager
def refusals_as_pages() -> Iterator[None]:
    """Raise PermissionDenied for what is forbidden, Http404 for what is not visible."""
    try:
        yield
    except Forbidden as refusal:
        raise PermissionDenied(refusal.sentence) from refusal
    except NotVisible as refusal:
        raise Http404(refusal.sentence) from refusal


def address_of(deal: Opportunity) -> str:
    return reverse("admin:opportunities_opportunity_change", args=[deal.pk])


def _action(name: str) -> Action:
    if name not in Action.values or BY_ACTION[Action(name)].is_system:
        raise Http404("This action does not exist.")
    return Action(name)


def _offer(deal: Opportunity, action: Action, request: HttpRequest) -> AvailableAction | None:
    """Return the action as it is offered now; None where the state has no such action."""
    offers = allowed_actions(deal, access_of(request.user))
    return next((offer for offer in offers if offer.action == action), None)


def _version_seen(request: HttpRequest) -> int:
    """Return the version that the form had; a form without one has not seen the newest."""
    text = request.POST.get("lock_version", "")
    return int(text) if text.isdecimal() else -1
