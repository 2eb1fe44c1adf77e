"""Serve the decision record as a page and as a PDF; ?decision= selects an earlier one."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify

from assessments.permissions import VIEW_DECISION
from assessments.record.facts import chosen_decision, decision_record, decisions_of
from audit.models import AuditKind
from audit.recording import record
from opportunities.models import Opportunity


@login_required
@permission_required(VIEW_DECISION, raise_exception=True)
def decision_record_page(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    opportunity = Opportunity.objects.visible_or_404(request.user, opportunity_id)
    decisions = decisions_of(opportunity)
    chosen = chosen_decision(decisions, request.GET.get("decision"))
    context = {
        "opportunity": opportunity,
        "record": decision_record(opportunity, chosen),
        "chosen": chosen,
        "decisions": decisions,
    }
    return render(request, "assessments/decision_record.html", context)


@login_required
@permission_required(VIEW_DECISION, raise_exception=True)
def decision_record_pdf(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    # Fonts and what draws them take a third of a second to import, which no sync shall wait for.
    from assessments.record.pdf import pdf_of

    opportunity = Opportunity.objects.visible_or_404(request.user, opportunity_id)
    chosen = chosen_decision(decisions_of(opportunity), request.GET.get("decision"))
    printed = decision_record(opportunity, chosen)
    name = slugify(f"decision record {printed.number}")
    decision = chosen.pk if chosen else None
    record(AuditKind.EXPORT_MADE, about=opportunity, format="pdf", decision=decision)
    return HttpResponse(
        pdf_of(printed),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
