import pytest

from assessments.drafts.problems import Conflict, Incomplete
from assessments.drafts.template_document import document_of
from assessments.drafts.templates import template_activate, template_retire
from assessments.drafts.versions import draft_of, submitted_of
from assessments.models import AssessmentStatus
from assessments.tests.factories import (
    SCREEN,
    architect,
    assigned,
    complete,
    draft_template,
    in_assessment,
    in_review,
    lead,
    rated,
    ratings,
    save,
    standard_document,
    standard_template,
)
from opportunities.domain.errors import Forbidden, GuardFailed, WrongState
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db


def submit(deal, by=None, **more):
    return apply_transition(deal, Action.SUBMIT, by=by or deal.assigned_sa, **SCREEN, **more)


def refused(deal):
    """Where and why, and nothing of the draft is lost."""
    before = list(draft_of(deal).answers.values())
    with pytest.raises(Incomplete) as refusal:
        submit(deal)
    assert list(draft_of(deal).answers.values()) == before
    deal.refresh_from_db()
    assert deal.workflow_status == WorkflowStatus.IN_ASSESSMENT
    return [(each.code, each.field) for each in refusal.value.problems]


def with_answers(**changes):
    deal = assigned()
    complete(deal, ratings(3) | changes)
    return deal


def test_an_empty_draft_names_all_that_is_missing():
    deal = assigned()
    save(deal, recorded={"lessons": "Ask first"})
    found = refused(deal)
    assert len(found) == 5 + 11 + 4 + 2
    assert found[0] == ("ELIGIBLE", "reply")
    assert found[-2:] == [("", "confidence"), ("", "sa_recommendation")]


@pytest.mark.parametrize("answer", [
    rated(0, ""), rated(1, "too short"), rated(5, "         !          "),
    {"kind": "UNKNOWN"}, {"kind": "NA", "comment": "no"},
])  # fmt: skip
def test_a_missing_comment_names_its_criterion_alone(answer):
    deal = with_answers(CAP=answer)
    assert refused(deal) == [("CAP", "comment")]


@pytest.mark.parametrize("rating", [2, 3, 4])
def test_the_middle_ratings_need_no_comment(rating):
    submit(with_answers(CAP=rated(rating, "")))


def test_a_group_without_any_comment_is_named():
    deal = with_answers(NEED=rated(3, ""), FUND=rated(4, ""))
    assert refused(deal) == [("A", "comment")]


def test_an_open_criterion_with_a_comment_is_still_open():
    deal = with_answers(CAP={"kind": "", "comment": "To be asked of the practice"})
    assert refused(deal) == [("CAP", "answer")]


def test_more_than_20_points_not_applicable_are_too_many():
    na = {"kind": "NA", "comment": "Not part of this deal"}
    deal = with_answers(CAP=na, ACCESS=na, STRAT=na)
    assert refused(deal) == [("STRAT", "answer")]


def test_20_points_not_applicable_are_possible():
    na = {"kind": "NA", "comment": "Not part of this deal"}
    submit(with_answers(CAP=na, ACCESS=na))


def test_an_open_knock_out_check_is_named():
    deal = with_answers()
    save(deal, knockouts={"REDLINE": {"reply": ""}})
    assert refused(deal) == [("REDLINE", "reply")]


def test_another_recommendation_than_the_computed_one_needs_a_reason():
    deal = assigned()
    complete(deal, recommendation="BID")
    assert refused(deal) == [("", "sa_reason")]
    save(deal, recorded={"sa_reason": "The account is worth it"})
    submit(deal)


def test_the_limits_are_those_of_the_template():
    template = draft_template(
        practice="Cloud", shortest_comment=0, commented_ratings=[], is_comment_per_group=False
    )
    template_activate(template=template)
    deal = with_answers(CAP=rated(5, ""), NEED=rated(0, ""), FUND={"kind": "UNKNOWN"})
    save(deal, recorded={"sa_reason": "It is only the fund"})
    submit(deal)


def test_a_submission_freezes_what_was_asked_answered_and_known():
    deal = in_review(ratings(4, 3, 4, 3, 3, 3, 2, 4, 4, 3, 3), customer="Café Ωmega")
    version = submitted_of(deal)
    assert (str(version.score), str(version.best_case)) == ("65.6", "65.6")
    assert (version.band, version.recommendation) == ("MIDDLE", "CONDITIONAL")
    assert (version.answered, version.unknown, version.total) == (11, 0, 11)
    assert version.group_scores["A"] == "68.9"
    assert version.content == standard_document()
    assert version.crm_snapshot["customer"] == "Café Ωmega"
    assert version.crm_snapshot["deal_value"] == "100000.00"
    assert version.crm_snapshot["last_synced_at"]
    assert version.submitted_by == deal.assigned_sa


def test_the_caps_that_fired_are_kept_in_words():
    deal = assigned()
    complete(deal, ratings(4) | {"FIT": rated(0)}, sa_reason="x", recommendation="NO_BID")
    submit(deal)
    (cap,) = submitted_of(deal).caps
    assert cap == {
        "trigger": "GATE_RATED",
        "caps_at": "NO_BID",
        "sentence": "Gate FIT (Solution fit) is rated 0: No bid at most.",
    }


def test_replacing_and_retiring_a_template_changes_no_version():
    deal = in_review()
    before = submitted_of(deal)
    newer = draft_template()
    newer.groups.filter(code="A").update(name="Another question altogether")
    template_activate(template=newer)
    template_retire(template=newer)
    after = submitted_of(deal)
    assert (after.score, after.content) == (before.score, before.content)
    assert document_of(after.template) == standard_document()


def test_a_draft_begun_on_a_template_that_retires_is_finished_on_it():
    deal, template = in_assessment(), standard_template()
    template_activate(template=draft_template())
    submit(deal)
    assert submitted_of(deal).template == template


def test_a_draft_saved_since_is_not_submitted_over():
    deal = in_assessment()
    seen = draft_of(deal).lock_version
    save(deal, answers={"FIT": rated(1)})
    with pytest.raises(Conflict) as told:
        submit(deal, params={"draft_version": seen})
    assert [each.code for each in told.value.saves] == ["FIT"]
    submit(deal, params={"draft_version": told.value.current.lock_version})


def test_another_sa_cannot_submit():
    with pytest.raises(Forbidden):
        submit(in_assessment(), by=architect())


def test_it_is_submitted_once():
    with pytest.raises(WrongState):
        submit(in_review())


def test_a_return_goes_on_with_a_copy_and_keeps_what_was_submitted():
    deal, reviewer = in_review(), lead()
    first = submitted_of(deal)
    apply_transition(
        deal,
        Action.RETURN,
        by=reviewer,
        reason="Say more on FIT",
        params={"review_comments": {"FIT": "Which parts are proven?", "CAP": " "}},
        **SCREEN,
    )
    first.refresh_from_db()
    draft = draft_of(deal)
    assert (first.status, draft.status) == (AssessmentStatus.SUPERSEDED, AssessmentStatus.RETURNED)
    assert (draft.version_no, draft.copied_from, draft.template) == (2, first, first.template)
    assert draft.answers.count() == 11
    assert draft.knockout_answers.count() == 5
    assert draft.sa_recommendation == first.sa_recommendation
    assert draft.answers.first().author == deal.assigned_sa
    (comment,) = first.review_threads.all()
    assert (comment.criterion.code, comment.author) == ("FIT", reviewer)
    assert draft.score is None
    assert draft.content is None


def test_a_review_comment_on_what_is_not_asked_is_refused():
    with pytest.raises(GuardFailed, match="has no criterion SHOE"):
        apply_transition(
            in_review(),
            Action.RETURN,
            by=lead(),
            reason="?",
            params={"review_comments": {"SHOE": "42"}},
            **SCREEN,
        )


def test_what_was_returned_is_improved_and_submitted_again():
    deal = in_review()
    apply_transition(deal, Action.RETURN, by=lead(), reason="Say more", **SCREEN)
    save(deal, answers={"FIT": rated(4)})
    submit(deal)
    assert submitted_of(deal).version_no == 2
    assert deal.assessments.get(version_no=1).answers.get(criterion__code="FIT").rating == 3


def test_withdrawing_goes_on_with_a_copy():
    deal = in_review()
    apply_transition(deal, Action.WITHDRAW, by=deal.assigned_sa, **SCREEN)
    assert draft_of(deal).status == AssessmentStatus.DRAFT
    assert submitted_of(deal) is None
    assert deal.assessments.get(version_no=1).status == AssessmentStatus.SUPERSEDED
