"""The places that a refused save names, which the frontend's form has to find its fields by."""

import json
from pathlib import Path

import pytest

from assessments.api.bodies import DraftSaveSerializer
from assessments.drafts.completeness import problems_of
from assessments.drafts.template_document import criteria_in, document_of
from assessments.drafts.versions import draft_of
from assessments.models import Assessment
from assessments.tests.factories import assigned, save, standard_template

PATHS = Path(__file__).parents[2] / "api" / "problem_paths.json"
"""Read by frontend/src/features/assessment/form/problem-paths.test.tsx."""


def below(serializer, path):
    """Every field a body may have there, by its place."""
    for name, field in serializer.fields.items():
        yield f"{path}.{name}"
        if inner := getattr(getattr(field, "child", None), "fields", None):
            yield from (f"{path}.{name}.0.{each}" for each in inner)


def paths_of(content):
    body = DraftSaveSerializer()
    checks = [each["code"] for each in content["knockouts"]]
    for section, codes in {"answers": criteria_in(content), "knockouts": checks}.items():
        for code in codes:
            yield f"{section}.{code}"
            yield from below(body.fields[section].child, f"{section}.{code}")
    yield from below(body.fields["recorded"], "recorded")
    yield from Assessment.RECORDED_FIELDS


def missing_in(draft):
    return [each.as_error("incomplete")["field"] for each in problems_of(draft)]


@pytest.mark.django_db
def test_the_places_a_refusal_may_name_are_those_the_form_is_tested_with():
    content, deal = document_of(standard_template()), assigned()
    save(deal, answers={"NEED": {"comment": "Not yet."}})
    of_empty = missing_in(draft_of(deal))
    unknown = {code: {"kind": "UNKNOWN"} for code in criteria_in(content)}
    save(deal, answers=unknown)
    places = {*paths_of(content), *of_empty, *missing_in(draft_of(deal))}
    assert json.loads(PATHS.read_text()) == sorted(places)
