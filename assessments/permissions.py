"""Name the permissions on assessments, as has_perm() takes them."""

VIEW_ASSESSMENT = "assessments.view_assessment"
VIEW_CONDITION = "assessments.view_condition"
VIEW_DECISION = "assessments.view_decision"
VIEW_TEMPLATE = "assessments.view_assessmenttemplate"
