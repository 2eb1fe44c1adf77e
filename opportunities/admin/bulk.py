"""Run an action on the ticked rows: ask for its input first, then report on each row."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from opportunities.access.roles import access_of, user_of
from opportunities.admin.action_form import ActionForm
from opportunities.domain.states import BY_ACTION, Action
from opportunities.models import Opportunity
from opportunities.models.querysets import OpportunityQuerySet
from opportunities.workflow.bulk import MOST_ROWS, RowResult, bulk_transition

ASK_PAGE = "admin/opportunities/opportunity/bulk_ask.html"
REPORT_PAGE = "admin/opportunities/opportunity/bulk_report.html"
TOO_MANY = f"You can select at most {MOST_ROWS} at a time. Filter the list, or select fewer."


def _bulk_action(action: Action, permission: str) -> Any:
    """Return an action of the list, for the rows that are ticked."""

    def run(
        self: "BulkTransitionMixin", request: HttpRequest, queryset: OpportunityQuerySet
    ) -> HttpResponse | None:
        return self._apply_to_all(request, queryset, action)

    return admin.action(description=f"{action.label}…", permissions=[permission])(run)


class BulkTransitionMixin(admin.ModelAdmin):
    actions = ("assign", "reassign", "hold", "quick_no_bid")
    assign = _bulk_action(Action.ASSIGN, "assign")
    reassign = _bulk_action(Action.REASSIGN, "assign")
    hold = _bulk_action(Action.HOLD, "hold")
    quick_no_bid = _bulk_action(Action.QUICK_NO_BID, "assign")

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return _is_ever_offered(request, Action.ASSIGN)

    def has_hold_permission(self, request: HttpRequest) -> bool:
        return _is_ever_offered(request, Action.HOLD)

    def _apply_to_all(
        self, request: HttpRequest, rows: OpportunityQuerySet, action: Action
    ) -> HttpResponse | None:
        deals = list(rows[: MOST_ROWS + 1])
        if len(deals) > MOST_ROWS:
            self.message_user(request, TOO_MANY, messages.ERROR)
            return None
        data = request.POST if "asked" in request.POST else None
        form = ActionForm(BY_ACTION[action], access_of(request.user), data)
        if not form.is_valid():
            return self._bulk_page(request, ASK_PAGE, action, form=form, deals=deals)
        results = bulk_transition(
            [deal.pk for deal in deals], action, by=user_of(request), **form.transition_kwargs()
        )
        return self._bulk_page(request, REPORT_PAGE, action, **_report(deals, results))

    def _bulk_page(
        self, request: HttpRequest, template: str, action: Action, **more: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": action.label,
            "opts": self.opts,
            "action_name": request.POST["action"],
            "checkbox_name": ACTION_CHECKBOX_NAME,
            **more,
        }
        return TemplateResponse(request, template, context)


def _is_ever_offered(request: HttpRequest, action: Action) -> bool:
    """Tell whether a role of this person can have the right; each row is judged by itself."""
    return access_of(request.user).could_hold_any(BY_ACTION[action].rights)


def _report(deals: list[Opportunity], results: list[RowResult]) -> dict[str, Any]:
    by_id = {deal.pk: deal for deal in deals}
    lines = [(by_id[result.opportunity_id], result) for result in results]
    return {
        "done": [line for line in lines if line[1].is_done],
        "skipped": [line for line in lines if not line[1].is_done],
    }
