"""Add the rules of assessments to the workflow: guards, effects, conditions."""
