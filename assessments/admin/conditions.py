"""Mark a condition as met or waived; a refusal keeps the reason that was entered."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminTextareaWidget

from assessments.admin.reading import visible_opportunity
from assessments.decisions.conditions import condition_settle
from assessments.models import Condition, ConditionState
from opportunities.access.roles import user_of
from opportunities.admin.transition import address_of, refusals_as_pages
from opportunities.domain.errors import TransitionRefused
from opportunities.models import Channel

PAGE = "admin/assessments/settle.html"
TITLES = {ConditionState.MET: "Mark as met", ConditionState.WAIVED: "Waive condition"}
DONE = {ConditionState.MET: "Condition marked as met.", ConditionState.WAIVED: "Condition waived."}


class SettleForm(forms.Form):
    reason = forms.CharField(
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Evidence that the condition is met, or the reason for waiving it.",
    )


def settle(request: HttpRequest, pk: int, state: str, each_context: dict[str, Any]) -> HttpResponse:
    condition = get_object_or_404(Condition.objects.select_related("decision", "owner"), pk=pk)
    deal = visible_opportunity(request, condition.decision.opportunity_id)
    if state not in TITLES:
        raise Http404("A condition can only be met or waived.")
    form, status = SettleForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        try:
            with refusals_as_pages():
                condition_settle(
                    condition=condition,
                    state=ConditionState(state),
                    by=user_of(request),
                    channel=Channel.SCREEN,
                    reason=form.cleaned_data["reason"],
                )
        except TransitionRefused as refusal:
            form.add_error(None, refusal.sentence)
            status = refusal.status_code
        else:
            messages.success(request, DONE[ConditionState(state)])
            return HttpResponseRedirect(f"{address_of(deal)}#decision")
    context = {
        **each_context,
        "title": TITLES[ConditionState(state)],
        "subtitle": str(deal),
        "condition": condition,
        "form": form,
        "back": address_of(deal),
    }
    return TemplateResponse(request, PAGE, context, status=status)
