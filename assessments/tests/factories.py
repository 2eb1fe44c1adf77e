"""Builders of templates, people and assessments; the template is the one BQS comes with."""

import importlib
import json

from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import F

from assessments.content import write_content
from assessments.models import AssessmentTemplate, TemplateStatus
from opportunities.models import PracticeMembership
from opportunities.roles import Role
from opportunities.tests.factories import OpportunityFactory, UserFactory

STANDARD = importlib.import_module("assessments.migrations.0002_standard_template")


def standard_content(**changes):
    return json.loads(STANDARD.STANDARD.read_text(encoding="utf-8")) | changes


def standard_template():
    """The active one; made anew where another test has emptied the tables."""
    STANDARD.make_standard_template(apps, None)
    return AssessmentTemplate.objects.get(code="standard", status=TemplateStatus.ACTIVE)


def draft_template(**changes):
    content = standard_content(code="other", name="Other", **changes)
    return write_content(content, apps.get_model)
