"""Templates kept in the admin, and what decisions add to the list of opportunities."""

from assessments.admin.template import AssessmentTemplateAdmin

__all__ = ["AssessmentTemplateAdmin"]
