"""What somebody may look at here: the assessments of the opportunities in their sight."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from assessments.models import Assessment
from opportunities.models import Opportunity
from opportunities.roles import standing_of


def in_sight(request: HttpRequest, pk: int) -> Opportunity:
    """Raises: PermissionDenied, Http404."""
    if not request.user.has_perm("opportunities.view_opportunity"):
        raise PermissionDenied
    visible = Opportunity.objects.visible_to(standing_of(request.user))
    return get_object_or_404(visible.for_list(), pk=pk)


def assessment_in_sight(request: HttpRequest, pk: int) -> Assessment:
    people = ("opportunity", "template", "assessor", "submitted_by")
    assessment = get_object_or_404(Assessment.objects.select_related(*people), pk=pk)
    in_sight(request, assessment.opportunity_id)
    return assessment
