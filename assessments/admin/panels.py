"""Show the assessment, its versions and the decisions on the page of an opportunity."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from assessments.admin.edit_view import form_context
from assessments.admin.reading import version_context
from assessments.decisions.conditions import conditions_in, settlements_of
from assessments.models import Assessment
from assessments.permissions import VIEW_ASSESSMENT, VIEW_DECISION
from assessments.record.facts import decisions_of
from opportunities import extensions
from opportunities.access.roles import access_of, user_of
from opportunities.domain.errors import GuardFailed
from opportunities.domain.states import OPEN_WORK, WorkflowStatus
from opportunities.models import Opportunity


def assessment(request: HttpRequest, deal: Opportunity) -> str:
    """Show the form to the assigned SA, and the answers so far to everyone else."""
    if not request.user.has_perm(VIEW_ASSESSMENT):
        return ""
    access = access_of(request.user)
    is_fillable = deal.workflow_status in OPEN_WORK
    if is_fillable and access.is_assigned(deal):
        with suppress(GuardFailed):
            form = form_context(deal)
            return render_to_string("admin/assessments/panel_fill.html", form, request)
    newest = _versions(deal).first()
    context: dict[str, Any] = {
        "deal": deal,
        "may_fill": is_fillable and access.may_write_notes(deal),
        **(version_context(newest) if newest else {}),
    }
    return render_to_string("admin/assessments/panel_read.html", context, request)


def decision(request: HttpRequest, deal: Opportunity) -> str:
    if not request.user.has_perm(VIEW_DECISION):
        return ""
    decisions = decisions_of(deal)
    waits = deal.workflow_status == WorkflowStatus.IN_REVIEW
    if not (decisions or waits):
        return ""
    conditions = conditions_in(decisions[0]) if decisions else []
    may_settle = settlements_of(conditions, deal, user_of(request))
    context = {
        "deal": deal,
        "decisions": decisions,
        "conditions": [(each, may_settle.get(each.pk, ())) for each in conditions],
        "waits": waits,
    }
    return render_to_string("admin/assessments/panel_decision.html", context, request)


def versions(request: HttpRequest, deal: Opportunity) -> str:
    rows = list(_versions(deal))
    if not request.user.has_perm(VIEW_ASSESSMENT) or not rows:
        return ""
    former = [*rows[1:], None]
    context = {"versions": list(zip(rows, former, strict=True))}
    return render_to_string("admin/assessments/panel_versions.html", context, request)


def _versions(deal: Opportunity) -> Any:
    people = ("assessor", "submitted_by", "template")
    return Assessment.objects.filter(opportunity=deal).select_related(*people)


for panel in (assessment, decision, versions):
    extensions.panels.register(panel, extensions.Place.MAIN)
