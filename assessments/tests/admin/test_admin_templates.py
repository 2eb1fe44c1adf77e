import pytest
from django.urls import reverse

from assessments.drafts.template_document import document_of
from assessments.models import AssessmentTemplate, Criterion, TemplateStatus
from assessments.tests.factories import draft_template, standard_template
from opportunities.access.roles import Role
from opportunities.tests.admin_clients import browser_of, text_of, typed_in
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
RIGHTS = [f"{verb}_assessmenttemplate" for verb in ("view", "add", "change", "delete")]


@pytest.fixture
def keeper():
    return browser_of(UserFactory(is_staff=True, roles=[Role.ADMINISTRATOR], permissions=RIGHTS))


def reader():
    return browser_of(UserFactory(is_staff=True, permissions=["view_assessmenttemplate"]))


def page_of(template):
    return reverse("admin:assessments_assessmenttemplate_change", args=[template.pk])


def step(browser, template, name):
    address = reverse("admin:assessments_assessmenttemplate_step", args=[template.pk, name])
    return browser.post(address, follow=True)


def field_of(sent, ending, value):
    return next(name for name, held in sent.items() if name.endswith(ending) and held == [value])


def test_the_page_of_a_draft_says_what_is_missing(keeper):
    draft = draft_template()
    Criterion.objects.filter(group__template=draft, code="NEED").update(weight=7)
    page = text_of(keeper.get(page_of(draft)))
    assert "Weights: 99 of 100" in page
    assert "Before it can be activated The weights total 99, not 100." in page


def test_criteria_and_their_anchors_are_saved_together(keeper):
    draft = draft_template()
    sent = typed_in(keeper, page_of(draft))
    weight = field_of(sent, "-code", "NEED").replace("-code", "-weight")
    sent[weight] = 9
    sent[weight.replace("-weight", "-anchor_0")] = "Nobody asks for it"
    sent[weight.replace("-weight", "-anchor_1")] = ""
    assert keeper.post(page_of(draft), sent).status_code == 302
    need = Criterion.objects.get(group__template=draft, code="NEED")
    anchors = dict(need.anchors.values_list("value", "text"))
    assert (need.weight, anchors[0], 1 in anchors) == (9, "Nobody asks for it", False)
    assert anchors.keys() == {0, 2, 3, 4, 5}


def test_saving_what_is_shown_changes_nothing(keeper):
    draft = draft_template()
    before = document_of(draft)
    assert keeper.post(page_of(draft), typed_in(keeper, page_of(draft))).status_code == 302
    assert document_of(AssessmentTemplate.objects.get(pk=draft.pk)) == before


def test_activation_is_refused_with_every_fault(keeper):
    draft = draft_template()
    Criterion.objects.filter(group__template=draft, code="NEED").update(weight=7)
    draft.bands.filter(code="LOW").delete()
    page = text_of(step(keeper, draft, "activate"))
    assert "The weights total 99, not 100." in page
    assert "No band covers scores from 0.0 to 49.9." in page
    draft.refresh_from_db()
    assert draft.status == TemplateStatus.DRAFT


def test_a_template_is_copied_activated_and_retired(keeper):
    standard = standard_template()
    step(keeper, standard, "copy")
    copy = AssessmentTemplate.objects.get(code="standard", version=standard.version + 1)
    step(keeper, copy, "activate")
    standard.refresh_from_db()
    copy.refresh_from_db()
    assert (standard.status, copy.status) == (TemplateStatus.RETIRED, TemplateStatus.ACTIVE)
    step(keeper, copy, "retire")
    copy.refresh_from_db()
    assert copy.status == TemplateStatus.RETIRED


def test_an_active_template_is_shown_as_it_is_asked_and_cannot_be_changed(keeper):
    standard = standard_template()
    answer = keeper.get(page_of(standard))
    assert answer.context["inline_admin_formsets"] == []
    assert "Dated event with cost of delay confirmed in writing" in text_of(answer)
    assert keeper.post(page_of(standard), {"name": "Other"}).status_code == 403
    standard.refresh_from_db()
    assert standard.name == "Standard bid qualification"


def test_the_preview_has_every_question_with_its_anchors():
    draft = draft_template()
    address = reverse("admin:assessments_assessmenttemplate_preview", args=[draft.pk])
    page = text_of(reader().get(address))
    assert "Need and urgency" in page
    assert "0 No problem anyone will act on" in page
    assert "70.0 to 100.0: Bid." in page
    assert "If a group scores below 40: no better than Conditional." in page


@pytest.mark.parametrize("name", ["activate", "copy", "retire"])
def test_who_only_reads_takes_no_step(name):
    draft = draft_template()
    assert step(reader(), draft, name).status_code == 403
    draft.refresh_from_db()
    assert draft.status == TemplateStatus.DRAFT


def test_steps_are_taken_by_post_alone(keeper):
    address = reverse("admin:assessments_assessmenttemplate_step", args=[1, "activate"])
    assert keeper.get(address).status_code == 405
    assert step(keeper, draft_template(), "destroy").status_code == 404


def test_an_active_template_is_not_deleted_nor_are_several_at_once(keeper):
    active, draft = standard_template(), draft_template()
    page = reverse("admin:assessments_assessmenttemplate_delete", args=[active.pk])
    assert keeper.post(page, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}
    keeper.post(reverse("admin:assessments_assessmenttemplate_changelist"), chosen)
    assert AssessmentTemplate.objects.count() == 2


def test_who_may_not_see_templates_sees_no_preview():
    stranger = browser_of(UserFactory(is_staff=True, reads=False))
    address = reverse("admin:assessments_assessmenttemplate_preview", args=[draft_template().pk])
    assert stranger.get(address).status_code == 403
