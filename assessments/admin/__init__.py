"""Templates, and assessments filled in, read, compared and decided on beside the opportunity."""

from assessments.admin import action_parts, panels
from assessments.admin.assessment import AssessmentAdmin
from assessments.admin.figure_filters import DECISION_FILTERS
from assessments.admin.score_band import ScoreBandFilter
from assessments.admin.template import AssessmentTemplateAdmin
from opportunities.admin.extensions import extend_list

__all__ = ["AssessmentAdmin", "AssessmentTemplateAdmin", "action_parts", "panels"]

extend_list(filters=[ScoreBandFilter, *DECISION_FILTERS])
