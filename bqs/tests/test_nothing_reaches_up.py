"""Keep strings from reaching up from opportunities, where import contracts see nothing."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2] / "opportunities"
FILES = [
    file
    for file in sorted(ROOT.rglob("*.py"))
    if {"tests", "migrations"}.isdisjoint(file.relative_to(ROOT).parts)
]
OWN = {"opportunities", "auth", "contenttypes"}


def relations():
    """Return by which words a query reaches from this app's models to those of apps above."""
    models = apps.get_app_config("opportunities").get_models()
    above = [
        relation
        for model in models
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label not in OWN
    ]
    return {relation.get_accessor_name() for relation in above} | {
        relation.name for relation in above
    }


def reaches(source):
    """Yield the lines on which source asks for a model or follows a relation that is above."""
    names = relations()
    # The trail has a column of the same name.
    lookup = re.compile(rf"({'|'.join(names)})__|({'|'.join(names - {'changes'})})$")
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr="get_model") | ast.Name(id="get_model")):
                if not (node.args and getattr(node.args[0], "value", "") == "opportunities"):
                    yield node.lineno
            case ast.Constant(value=str(text)) if lookup.match(text.lstrip("-")):
                yield node.lineno
            case ast.keyword(arg=str(name)) if lookup.match(name):
                yield node.value.lineno
            case ast.Attribute(attr=name) if name in names - {"changes"}:
                yield node.lineno


def test_there_are_relations_to_look_for():
    assert {"assessments", "decisions", "changes"} <= relations()


def test_no_string_of_opportunities_reaches_up():
    assert FILES
    found = {str(file.relative_to(ROOT)): set(reaches(file.read_text())) for file in FILES}
    assert {file: lines for file, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        'apps.get_model("assessments", "Decision")',
        'apps.get_model("sync.OpportunityChange")',
        'rows.values("assessments__score")',
        'rows.order_by("-decisions__id")',
        "rows.filter(decisions__isnull=False)",
        'rows.filter(**{"changes__at": now})',
        "deal.assessments.first()",
    ],
)
def test_a_reach_is_seen(source):
    assert set(reaches(source)) == {1}


def test_what_stands_in_this_app_may_be_asked_for():
    assert not list(reaches('apps.get_model("opportunities", "LastLook"); event.changes.items()'))
