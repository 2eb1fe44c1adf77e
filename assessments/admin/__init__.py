"""Show templates and assessments in the admin, beside their opportunity."""

from assessments.admin import action_parts, panels
from assessments.admin.assessment import AssessmentAdmin
from assessments.admin.score_band import ScoreBandFilter
from assessments.admin.template import AssessmentTemplateAdmin
from opportunities import extensions

__all__ = ["AssessmentAdmin", "AssessmentTemplateAdmin", "action_parts", "panels"]

extensions.list_filters.register(ScoreBandFilter)
