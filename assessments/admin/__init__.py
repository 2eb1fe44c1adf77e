"""Where assessments are filled in, read, compared and decided on, beside the opportunity."""

from assessments.admin import action_parts, panels, score_column
from assessments.admin.assessment import AssessmentAdmin

__all__ = ["AssessmentAdmin", "action_parts", "panels", "score_column"]
