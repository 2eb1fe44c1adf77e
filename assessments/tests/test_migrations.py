import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection

from assessments.content import content_of
from assessments.models import AssessmentTemplate
from assessments.tests.factories import standard_content


@pytest.mark.django_db(transaction=True)
def test_the_app_comes_goes_and_comes_again_with_one_standard_template():
    for _ in range(2):
        call_command("migrate", "assessments", "zero", verbosity=0)
        assert "assessments" not in connection.introspection.table_names()
        call_command("migrate", "assessments", verbosity=0)
    assert content_of(AssessmentTemplate.objects.get()) == standard_content()


@pytest.mark.django_db(transaction=True)
def test_going_back_before_the_template_and_forward_makes_no_second():
    call_command("migrate", "assessments", "zero", verbosity=0)
    call_command("migrate", "assessments", verbosity=0)
    call_command("migrate", "assessments", "0001", verbosity=0)
    call_command("migrate", "assessments", verbosity=0)
    assert AssessmentTemplate.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "may_edit"),
    [("Administrator", True), ("Bid manager", False), ("SA", False), ("Viewer", False)],
)
def test_administrators_edit_templates_and_others_look(role, may_edit):
    group = Group.objects.get(name=role)
    held = set(
        group.permissions.filter(content_type__app_label="assessments").values_list(
            "codename", flat=True
        )
    )
    assert {"view_assessment", "view_assessmenttemplate"} <= held
    edits = {codename for codename in held if not codename.startswith("view_")}
    assert ("change_assessmenttemplate" in edits) == bool(edits) == may_edit
    assert not any("answer" in codename or "decision" in codename for codename in edits)
