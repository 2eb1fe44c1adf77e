import pytest
from django.db.models import F

from assessments.drafts.template_document import document_of
from assessments.drafts.templates import (
    TemplateRefused,
    template_activate,
    template_copy,
    template_for,
    template_retire,
)
from assessments.models import (
    AssessmentTemplate,
    Criterion,
    CriterionGroup,
    Frozen,
    RatingAnchor,
    RecommendationCap,
    ScoreBand,
    TemplateStatus,
)
from assessments.tests.factories import draft_template, standard_document, standard_template

pytestmark = pytest.mark.django_db


def faults_of(template):
    with pytest.raises(TemplateRefused) as refused:
        template_activate(template=template)
    template.refresh_from_db()
    assert template.status == TemplateStatus.DRAFT
    return refused.value.faults


def test_the_standard_template_is_there_and_active():
    assert document_of(standard_template()) == standard_document()


def test_making_the_standard_template_again_makes_no_second():
    standard_template()
    standard_template()
    assert AssessmentTemplate.objects.count() == 1


def test_a_template_of_two_queries_more_groups_takes_no_more_queries(django_assert_num_queries):
    template = standard_template()
    with django_assert_num_queries(6):
        document_of(template)


def test_weights_that_total_99_are_refused():
    template = draft_template(practice="Cloud")
    Criterion.objects.filter(group__template=template, code="FIT").update(weight=14)
    assert faults_of(template) == ("The weights total 99, not 100.",)


def test_a_gap_between_bands_is_named():
    template = draft_template(practice="Cloud")
    template.bands.filter(code="HIGH").update(start=72)
    assert faults_of(template) == ("No band covers scores from 70.0 to 71.9.",)


def test_bands_that_overlap_are_named():
    template = draft_template(practice="Cloud")
    template.bands.filter(code="MIDDLE").update(start=45)
    assert faults_of(template) == ("Band MIDDLE starts at 45.0, which another band covers.",)


def test_bands_that_stop_below_100_are_named():
    template = draft_template(practice="Cloud")
    template.bands.filter(code="HIGH").update(end=99)
    assert faults_of(template) == ("No band covers scores from 99.1 to 100.0.",)


def test_bands_beyond_100_are_named():
    template = draft_template(practice="Cloud")
    template.bands.filter(code="HIGH").update(end=110)
    assert faults_of(template) == ("The bands go up to 110.0, but the highest score is 100.0.",)


def test_a_template_without_content_is_refused_with_every_fault():
    empty = AssessmentTemplate.objects.create(code="empty", name="Empty", practice="Cloud")
    assert len(faults_of(empty)) == 2


def test_a_missing_anchor_is_named():
    template = draft_template(practice="Cloud")
    RatingAnchor.objects.filter(
        criterion__group__template=template, criterion__code="NEED", value=3
    ).delete()
    assert faults_of(template) == ("Criterion NEED does not describe rating 3.",)


def test_a_code_used_in_two_groups_is_named():
    template = draft_template(practice="Cloud")
    Criterion.objects.filter(group__template=template, code="NEED").update(code="FIT")
    assert "Criterion FIT appears 2 times" in " ".join(faults_of(template))


def test_activating_retires_the_former_one_of_the_same_practice():
    former, newer = standard_template(), draft_template()
    template_activate(template=newer)
    former.refresh_from_db()
    assert former.status == TemplateStatus.RETIRED
    assert template_for("Cloud") == newer


def test_a_practice_with_a_template_of_its_own_uses_that():
    standard, own = standard_template(), draft_template(practice="Cloud")
    template_activate(template=own)
    assert template_for("Cloud") == own
    assert template_for("Data") == template_for(None) == standard


def test_without_an_active_template_there_is_none():
    template_retire(template=standard_template())
    assert template_for("Cloud") is None


@pytest.mark.parametrize("status", [TemplateStatus.ACTIVE, TemplateStatus.RETIRED])
def test_only_a_draft_is_activated(status):
    template = standard_template()
    if status == TemplateStatus.RETIRED:
        template_retire(template=template)
    with pytest.raises(TemplateRefused, match="Only a draft"):
        template_activate(template=template)


def test_only_an_active_one_retires():
    with pytest.raises(TemplateRefused, match="Only an active"):
        template_retire(template=draft_template())


def test_a_copy_is_a_draft_of_the_next_version_with_all_content():
    template = standard_template()
    copy = template_copy(template=template)
    next_version = template.version + 1
    assert (copy.version, copy.status) == (next_version, TemplateStatus.DRAFT)
    assert document_of(copy) == document_of(template) | {"version": next_version}
    assert template_copy(template=template).version == next_version + 1


def test_a_copy_can_be_changed_and_its_original_stays():
    template = standard_template()
    copy = template_copy(template=template)
    copy.groups.update(name="Changed")
    assert document_of(template) == standard_document()


PARTS = [
    lambda template: template,
    lambda template: template.groups.first(),
    lambda template: template.groups.first().criteria.first(),
    lambda template: template.groups.first().criteria.first().anchors.first(),
    lambda template: template.knockouts.first(),
    lambda template: template.bands.first(),
    lambda template: template.caps.first(),
]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("is_retired", [False, True])
def test_no_part_of_a_frozen_template_can_be_saved_updated_or_deleted(part, is_retired):
    template = standard_template()
    if is_retired:
        template_retire(template=template)
    row = part(template)
    rows = type(row).objects.filter(pk=row.pk)
    for attempt in (row.save, row.delete, rows.delete, lambda: rows.update(pk=F("pk"))):
        with pytest.raises(Frozen, match="Copy it"):
            attempt()
    assert document_of(template) == standard_document()


def test_nothing_is_added_to_a_frozen_template():
    template = standard_template()
    group = template.groups.first()
    criterion = group.criteria.first()
    additions = [
        CriterionGroup(template=template, code="E", name="More"),
        Criterion(group=group, code="MORE", name="More", question="More?", weight=1),
        RatingAnchor(criterion=criterion, value=5, text="Else"),
        ScoreBand(template=template, code="MORE", start=0, end=1, recommendation="BID"),
        RecommendationCap(template=template, trigger="GATE_RATED", caps_at="BID"),
    ]
    for addition in additions:
        with pytest.raises(Frozen):
            addition.save()
        with pytest.raises(Frozen):
            type(addition).objects.bulk_create([addition])


def test_a_part_cannot_be_moved_out_of_a_frozen_template():
    band = standard_template().bands.first()
    band.template = draft_template()
    with pytest.raises(Frozen):
        band.save()


def test_a_stale_object_that_thinks_it_is_a_draft_is_refused():
    stale = draft_template(practice="Cloud")
    template_activate(template=AssessmentTemplate.objects.get(pk=stale.pk))
    stale.name = "Changed behind its back"
    with pytest.raises(Frozen):
        stale.save()
