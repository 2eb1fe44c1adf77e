"""Templates kept in the admin, and what decisions add to the list of opportunities."""

from assessments.admin.figure_filters import DECISION_FILTERS
from assessments.admin.template import AssessmentTemplateAdmin
from opportunities.admin.extensions import extend_list

__all__ = ["AssessmentTemplateAdmin"]

extend_list(filters=DECISION_FILTERS)
