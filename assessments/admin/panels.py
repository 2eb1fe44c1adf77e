"""The assessment, its versions and the decisions on the page of an opportunity."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from assessments.admin.filling import filling_of
from assessments.admin.reading import version_context
from assessments.conditions import conditions_of, settlements
from assessments.drafts import WRITABLE
from assessments.models import Assessment
from assessments.record import decisions_of
from opportunities.admin.panels import Place, opportunity_panel
from opportunities.models import Opportunity
from opportunities.roles import standing_of
from opportunities.workflow import WorkflowStatus

FILLABLE = (WorkflowStatus.ASSIGNED, *WRITABLE)


@opportunity_panel(Place.MAIN)
def assessment(request: HttpRequest, deal: Opportunity) -> str:
    """The form for the SA who has it; for all others what has been answered so far."""
    standing = standing_of(request.user)
    is_fillable = deal.workflow_status in FILLABLE
    filling = filling_of(deal) if is_fillable and standing.is_assigned(deal) else None
    if filling:
        return render_to_string("admin/assessments/panel_fill.html", filling.context(), request)
    newest = _versions(deal).first()
    context: dict[str, Any] = {
        "deal": deal,
        "may_fill": is_fillable and standing.may_write_notes(deal),
        **(version_context(newest) if newest else {}),
    }
    return render_to_string("admin/assessments/panel_read.html", context, request)


@opportunity_panel(Place.MAIN)
def decision(request: HttpRequest, deal: Opportunity) -> str:
    decisions = decisions_of(deal)
    conditions = conditions_of(deal) if decisions else []
    waits = deal.workflow_status == WorkflowStatus.IN_REVIEW
    if not decisions and not waits:
        return ""
    standing = standing_of(request.user)
    context = {
        "deal": deal,
        "decisions": decisions,
        "conditions": [(each, settlements(each, deal, standing)) for each in conditions],
        "waits": waits,
    }
    return render_to_string("admin/assessments/panel_decision.html", context, request)


@opportunity_panel(Place.MAIN)
def versions(request: HttpRequest, deal: Opportunity) -> str:
    rows = list(_versions(deal))
    if not rows:
        return ""
    former = [*rows[1:], None]
    context = {"versions": list(zip(rows, former, strict=True))}
    return render_to_string("admin/assessments/panel_versions.html", context, request)


def _versions(deal: Opportunity) -> Any:
    people = ("assessor", "submitted_by", "template")
    return Assessment.objects.filter(opportunity=deal).select_related(*people)
