"""Settling a condition: met or waived, with the reason; a refusal keeps what was typed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminTextareaWidget

from assessments.admin.looking import in_sight
from assessments.conditions import condition_settle
from assessments.models import Condition, ConditionState
from opportunities.admin.moving import address_of
from opportunities.models import Channel
from opportunities.refusals import Forbidden, TransitionRefused

PAGE = "admin/assessments/settle.html"
WORDS = {ConditionState.MET: "Condition met", ConditionState.WAIVED: "Waive the condition"}


class SettleForm(forms.Form):
    reason = forms.CharField(
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="What shows that it is met; to waive it, why.",
    )


def settle(request: HttpRequest, pk: int, state: str, each_context: dict[str, Any]) -> HttpResponse:
    condition = get_object_or_404(Condition.objects.select_related("decision", "owner"), pk=pk)
    deal = in_sight(request, condition.decision.opportunity_id)
    if state not in WORDS:
        raise Http404("A condition is met or waived.")
    form, status = SettleForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        try:
            condition_settle(
                condition=condition,
                state=ConditionState(state),
                by=request.user,
                channel=Channel.SCREEN,
                reason=form.cleaned_data["reason"],
            )
        except Forbidden as refusal:
            raise PermissionDenied(refusal.sentence) from refusal
        except TransitionRefused as refusal:
            form.add_error(None, refusal.sentence)
            status = refusal.status_code
        else:
            messages.success(request, f"{WORDS[ConditionState(state)]}: noted.")
            return HttpResponseRedirect(f"{address_of(deal)}#decision")
    context = {
        **each_context,
        "title": WORDS[ConditionState(state)],
        "subtitle": str(deal),
        "condition": condition,
        "form": form,
        "back": address_of(deal),
    }
    return TemplateResponse(request, PAGE, context, status=status)
