"""Find the assessments that a person may see, and show one version."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from assessments.drafts.answers import apply_scoring
from assessments.drafts.authors import authors_in_words
from assessments.drafts.template_document import document_shown
from assessments.models import Assessment
from assessments.permissions import VIEW_ASSESSMENT
from assessments.record.facts import answered_groups, answered_knockouts, feedback_of
from assessments.record.words import moment, recorded_in_words
from opportunities.models import Opportunity


def visible_opportunity(request: HttpRequest, pk: int) -> Opportunity:
    """Return an opportunity that this person may see, with its assessments.

    Raises: PermissionDenied, Http404.
    """
    if not request.user.has_perm(VIEW_ASSESSMENT):
        raise PermissionDenied
    return Opportunity.objects.for_list().visible_or_404(request.user, pk)


def visible_assessment(request: HttpRequest, pk: int) -> Assessment:
    people = ("opportunity", "template", "assessor", "submitted_by")
    assessment = get_object_or_404(Assessment.objects.select_related(*people), pk=pk)
    visible_opportunity(request, assessment.opportunity_id)
    return assessment


def version_context(assessment: Assessment) -> dict[str, Any]:
    """Return what the templates show of a version; a draft has its score so far."""
    document = document_shown(assessment)
    if assessment.submitted_at is None:
        apply_scoring(assessment)
    return {
        "assessment": assessment,
        "feedback": feedback_of(assessment, document),
        "bands": document["bands"],
        "groups": list(answered_groups(assessment, document)),
        "knockouts": list(answered_knockouts(assessment, document)),
        "recorded": recorded_in_words(assessment),
        "authors": authors_in_words(assessment),
        "template_name": f"{document['name']}, version {document['version']}",
        "mirror": moment(assessment.mirror_synced_at) if assessment.mirror_synced_at else "",
    }
