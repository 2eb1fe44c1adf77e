"""Name the permissions on assessments for has_perm()."""

VIEW_ASSESSMENT = "assessments.view_assessment"
VIEW_CONDITION = "assessments.view_condition"
VIEW_DECISION = "assessments.view_decision"
ADD_TEMPLATE = "assessments.add_assessmenttemplate"
CHANGE_TEMPLATE = "assessments.change_assessmenttemplate"
VIEW_TEMPLATE = "assessments.view_assessmenttemplate"
