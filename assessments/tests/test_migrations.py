import importlib

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from assessments.drafts.template_document import document_of, document_shown, write_document
from assessments.drafts.versions import draft_of
from assessments.models import Assessment, AssessmentTemplate, Knockout
from assessments.tests.factories import (
    SCREEN,
    assigned,
    complete,
    in_assessment,
    in_review,
    lead,
    ratings,
    save,
    standard_document,
    standard_template,
    under_review,
)
from audit.tests.triggers import drop_all
from bqs.tests.old_migrations import migrate_to, old_executor
from opportunities.domain.states import Action
from opportunities.models import Opportunity
from opportunities.tests.factories import group_of
from opportunities.workflow.transitions import apply_transition
from sync.tests.reliability.depth import NIGHTLY

KEEP_AUTHORS = importlib.import_module(
    "assessments.migrations.0008_recorded_fields_keep_their_authors"
)
YES_IS_GOOD = importlib.import_module("assessments.migrations.0011_yes_is_always_good")
FILL_SCORES = importlib.import_module("assessments.migrations.0010_scores_onto_opportunities")


@NIGHTLY
@pytest.mark.django_db(transaction=True)
def test_the_app_goes_and_comes_again_whole_or_in_part_with_one_standard_template():
    call_command("migrate", "assessments", "zero", verbosity=0)
    assert "assessments" not in connection.introspection.table_names()
    call_command("migrate", "assessments", verbosity=0)
    assert document_of(AssessmentTemplate.objects.get()) == standard_document()
    # Before the template, whose table stays.
    migrate_to(("assessments", "0001_assessments"))
    # All apps: what depends on this one went with it.
    call_command("migrate", verbosity=0)
    assert document_of(AssessmentTemplate.objects.get()) == standard_document()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "may_edit"),
    [("Administrator", True), ("Bid manager", False), ("SA", False), ("Viewer", False)],
)
def test_administrators_edit_templates_and_others_look(role, may_edit):
    group = group_of(role)
    held = set(
        group.permissions.filter(content_type__app_label="assessments").values_list(
            "codename", flat=True
        )
    )
    assert {"view_assessment", "view_assessmenttemplate"} <= held
    edits = {codename for codename in held if not codename.startswith("view_")}
    assert ("change_assessmenttemplate" in edits) == bool(edits) == may_edit
    assert not any("answer" in codename or "decision" in codename for codename in edits)


@pytest.mark.django_db
def test_what_older_versions_noted_of_authors_is_kept():
    deal, helper = in_assessment(), lead(first_name="Lena")
    save(deal, helper, recorded={"lessons": "Test early", "open_risks": "Data"})
    deal = apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    apply_transition(deal, Action.WITHDRAW, by=deal.assigned_sa, **SCREEN)
    save(deal, deal.assigned_sa, recorded={"open_risks": "None"})
    now = dict(Assessment.objects.values_list("pk", "field_saves"))
    drop_all()
    for version in Assessment.objects.order_by("version_no"):
        _as_they_were(version, written_here=version.copied_from_id is None)
    KEEP_AUTHORS.keep_authors(apps_of("0008_recorded_fields_keep_their_authors"), None)
    kept = dict(Assessment.objects.values_list("pk", "field_saves"))
    for saves in (*now.values(), *kept.values()):
        for save_of in saves.values():
            save_of.pop("on_behalf_of")
            [former.pop("on_behalf_of") for former in save_of["former"]]
    assert kept == now


def _as_they_were(version, *, written_here):
    own = version.field_saves if written_here else {"open_risks": version.field_saves["open_risks"]}
    plain = {
        name: {"version": each["version"], "by": each["by"], "name": "Lena", "at": each["at"]}
        for name, each in own.items()
    }
    QuerySet(Assessment).filter(pk=version.pk).update(field_saves=plain)


def apps_of(migration):
    return old_executor().loader.project_state(("assessments", migration)).apps


@pytest.mark.django_db
def test_scores_and_decisions_come_onto_opportunities_that_had_them_before():
    in_review()
    twice_scored = in_review(ratings(4), recommendation="BID")
    apply_transition(twice_scored, Action.WITHDRAW, by=twice_scored.assigned_sa, **SCREEN)
    complete(twice_scored, ratings(2), recommendation="NO_BID")
    apply_transition(twice_scored, Action.SUBMIT, by=twice_scored.assigned_sa, **SCREEN)
    decided = in_review(ratings(5), recommendation="BID")
    apply_transition(decided, Action.APPROVE, by=lead(), **SCREEN)
    unscored = assigned()
    why = {"reason_code": "NO_CAPACITY", "reason": "Nobody is free."}
    apply_transition(unscored, Action.QUICK_NO_BID, by=lead(), **why, **SCREEN)
    assigned()
    fields = ("pk", *Opportunity.SCORE_FIELDS)
    now = sorted(Opportunity.objects.values_list(*fields))
    assert len({row[1:] for row in now}) == 5
    Opportunity.objects.update(**dict.fromkeys(Opportunity.SCORE_FIELDS))
    FILL_SCORES.fill(apps_of("0010_scores_onto_opportunities"), None)
    assert sorted(Opportunity.objects.values_list(*fields)) == now


def _with_version_1(**changes):
    """The standard template as version 1 was, but for these changes."""
    template = standard_template()
    fields = {"version": 1} | changes
    QuerySet(AssessmentTemplate).filter(pk=template.pk).update(**fields)
    for code, text in YES_IS_GOOD.FORMER_TEXTS.items():
        QuerySet(Knockout).filter(template=template, code=code).update(text=text)


def _rewrite_knockouts():
    YES_IS_GOOD.rewrite_knockouts(apps_of("0011_yes_is_always_good"), None)
    return AssessmentTemplate.objects.get(status="ACTIVE")


@pytest.mark.django_db
def test_version_2_of_the_standard_template_replaces_the_unchanged_version_1():
    _with_version_1()
    begun, submitted = in_assessment(), in_review()
    active = _rewrite_knockouts()
    assert document_of(active) == standard_document()
    assert standard_document()["version"] == active.version == 2
    former = AssessmentTemplate.objects.get(version=1)
    assert (former.status, former.retired_at) == ("RETIRED", active.activated_at)
    texts = [
        {each["code"]: each["text"] for each in document_shown(version)["knockouts"]}
        for version in (draft_of(begun), under_review(submitted))
    ]
    assert all(shown.items() >= YES_IS_GOOD.FORMER_TEXTS.items() for shown in texts)
    in_assessment()
    assert Assessment.objects.filter(template=active).count() == 1
    assert _rewrite_knockouts() == active


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"na_weight_limit": 30}, {"version": 3}, {"code": "own"}])
def test_a_template_of_the_customers_own_stays_the_active_one(changes):
    _with_version_1(**changes)
    active = AssessmentTemplate.objects.get()
    assert _rewrite_knockouts() == active == AssessmentTemplate.objects.get()


@pytest.mark.django_db
def test_a_version_2_that_somebody_drafts_already_keeps_its_number():
    _with_version_1()
    write_document(standard_document(), apps.get_model)
    assert _rewrite_knockouts().version == 3


def test_no_knock_out_check_asks_for_a_no():
    texts = [each["text"] for each in standard_document()["knockouts"]]
    assert not [text for text in texts if {"no", "not", "none"} & {*text.lower().split()}]
