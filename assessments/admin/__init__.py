"""Templates, and assessments filled in, read, compared and decided on beside the opportunity."""

from assessments.admin import action_parts, panels, score_column
from assessments.admin.assessment import AssessmentAdmin
from assessments.admin.figure_filters import DECISION_FILTERS
from assessments.admin.template import AssessmentTemplateAdmin
from opportunities.admin.extensions import extend_list

__all__ = ["AssessmentAdmin", "AssessmentTemplateAdmin", "action_parts", "panels", "score_column"]

extend_list(filters=DECISION_FILTERS)
