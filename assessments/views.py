"""The decision record, as a page to print and as a PDF to send; with ?decision= an earlier one."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify

from assessments.models import Decision
from assessments.record import decision_record, decisions_of
from opportunities.models import Opportunity
from opportunities.roles import standing_of


@login_required
def decision_record_page(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    opportunity = _opportunity_in_sight(request, opportunity_id)
    decisions = decisions_of(opportunity)
    chosen = _chosen(request, decisions)
    context = {
        "opportunity": opportunity,
        "record": decision_record(opportunity, chosen),
        "chosen": chosen,
        "decisions": decisions,
    }
    return render(request, "assessments/decision_record.html", context)


@login_required
def decision_record_pdf(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    # Fonts and what draws them take a third of a second to import, which no sync shall wait for.
    from assessments.record_pdf import pdf_of

    opportunity = _opportunity_in_sight(request, opportunity_id)
    record = decision_record(opportunity, _chosen(request, decisions_of(opportunity)))
    name = slugify(f"decision record {record.number}")
    return HttpResponse(
        pdf_of(record),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


def _opportunity_in_sight(request: HttpRequest, opportunity_id: int) -> Opportunity:
    visible = Opportunity.objects.visible_to(standing_of(request.user))
    return get_object_or_404(visible, pk=opportunity_id)


def _chosen(request: HttpRequest, decisions: list[Decision]) -> Decision | None:
    """The one that is asked for, else the last."""
    wanted = request.GET.get("decision")
    if wanted is None:
        return decisions[0] if decisions else None
    for decision in decisions:
        if str(decision.pk) == wanted:
            return decision
    raise Http404("There is no such decision on this opportunity.")
