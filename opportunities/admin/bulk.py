"""One action for the rows that are ticked: first asks what it has to, then reports on each row."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from opportunities.admin.action_form import ActionForm
from opportunities.bulk import RowResult, bulk_move
from opportunities.models import Opportunity
from opportunities.querysets import OpportunityQuerySet
from opportunities.roles import standing_of, user_of
from opportunities.workflow import BY_ACTION, Action

# Each row is a transaction of its own, while the person waits.
MOST_AT_A_TIME = 500
ASK_PAGE = "admin/opportunities/opportunity/bulk_ask.html"
REPORT_PAGE = "admin/opportunities/opportunity/bulk_report.html"


class MovesInBulk(admin.ModelAdmin):
    actions = ("assign", "reassign", "hold", "quick_no_bid")

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return _is_ever_offered(request, Action.ASSIGN)

    def has_hold_permission(self, request: HttpRequest) -> bool:
        return _is_ever_offered(request, Action.HOLD)

    @admin.action(description="Assign…", permissions=["assign"])
    def assign(self, request: HttpRequest, queryset: OpportunityQuerySet) -> HttpResponse | None:
        return self._move_all(request, queryset, Action.ASSIGN)

    @admin.action(description="Reassign…", permissions=["assign"])
    def reassign(self, request: HttpRequest, queryset: OpportunityQuerySet) -> HttpResponse | None:
        return self._move_all(request, queryset, Action.REASSIGN)

    @admin.action(description="Put on hold…", permissions=["hold"])
    def hold(self, request: HttpRequest, queryset: OpportunityQuerySet) -> HttpResponse | None:
        return self._move_all(request, queryset, Action.HOLD)

    @admin.action(description="Quick no bid…", permissions=["assign"])
    def quick_no_bid(
        self, request: HttpRequest, queryset: OpportunityQuerySet
    ) -> HttpResponse | None:
        return self._move_all(request, queryset, Action.QUICK_NO_BID)

    def _move_all(
        self, request: HttpRequest, rows: OpportunityQuerySet, action: Action
    ) -> HttpResponse | None:
        deals = list(rows[: MOST_AT_A_TIME + 1])
        if len(deals) > MOST_AT_A_TIME:
            sentence = f"At most {MOST_AT_A_TIME} at a time: narrow the list, or tick fewer."
            self.message_user(request, sentence, messages.ERROR)
            return None
        form = ActionForm(BY_ACTION[action], request.POST if "asked" in request.POST else None)
        if not form.is_valid():
            return self._bulk_page(request, ASK_PAGE, action, form=form, deals=deals)
        results = bulk_move([deal.pk for deal in deals], action, by=user_of(request), **form.said())
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
    """Whether a role of this person can have the right at all; each row is judged by itself."""
    return standing_of(request.user).could_hold_any(BY_ACTION[action].rights)


def _report(deals: list[Opportunity], results: list[RowResult]) -> dict[str, Any]:
    by_id = {deal.pk: deal for deal in deals}
    lines = [(by_id[result.opportunity_id], result) for result in results]
    return {
        "done": [line for line in lines if line[1].is_done],
        "skipped": [line for line in lines if not line[1].is_done],
    }
