import pytest
from django.db import transaction

from assessments.drafts.problems import AnswersRefused, Conflict
from assessments.drafts.templates import template_retire
from assessments.drafts.versions import draft_of
from assessments.models import Answer, Assessment, Frozen, KnockoutAnswer
from assessments.tests.factories import (
    SCREEN,
    architect,
    assigned,
    bid_manager,
    in_assessment,
    in_review,
    lead,
    rated,
    ratings,
    replies,
    save,
    standard_template,
)
from opportunities.access.roles import Role
from opportunities.domain.errors import Forbidden, GuardFailed, NotVisible, WrongState
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import OpportunityEvent
from opportunities.tests.factories import UserFactory
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db


def problems_of(refused):
    return [(each.code, each.field) for each in refused.value.problems]


def test_the_first_saved_answer_starts_the_assessment():
    deal = assigned()
    draft = save(deal, answers={"FIT": rated(4)})
    deal.refresh_from_db()
    assert deal.workflow_status == WorkflowStatus.IN_ASSESSMENT
    assert deal.first_assessment_at
    assert (draft.version_no, draft.lock_version) == (1, 1)
    assert draft.answers.get().value == "4"


def test_later_saves_move_no_state_and_write_no_event():
    deal = assigned()
    save(deal, answers={"FIT": rated(4)})
    events = OpportunityEvent.objects.count()
    save(deal, answers={"CAP": rated(2)})
    assert OpportunityEvent.objects.count() == events
    assert draft_of(deal).answers.count() == 2


def test_a_save_keeps_what_it_does_not_name():
    deal = assigned()
    save(deal, answers={"FIT": rated(4, "As we run it today")}, recorded={"bid_cost": "1200.50"})
    save(deal, answers={"FIT": {"rating": 5}})
    draft = draft_of(deal)
    assert (draft.answers.get().rating, draft.answers.get().comment) == (5, "As we run it today")
    assert str(draft.bid_cost) == "1200.50"


def test_a_comment_may_come_before_its_rating():
    deal = assigned()
    save(deal, answers={"FIT": {"comment": "Half a thought"}}, knockouts={"TIME": {"comment": "?"}})
    draft = draft_of(deal)
    assert (draft.answers.get().kind, draft.answers.get().comment) == ("", "Half a thought")
    assert draft.knockout_answers.get().reply == ""


def test_an_answer_can_be_taken_back():
    deal = assigned()
    save(deal, answers={"FIT": rated(4)})
    save(deal, answers={"FIT": {"kind": ""}})
    assert (draft_of(deal).answers.get().kind, draft_of(deal).answers.get().rating) == ("", None)


def test_unknown_replaces_a_rating():
    deal = assigned()
    save(deal, answers={"FIT": rated(4)})
    save(deal, answers={"FIT": {"kind": "UNKNOWN"}})
    assert draft_of(deal).answers.get().rating is None


@pytest.mark.parametrize("answer", [
    {"rating": 6}, {"rating": -1}, {"rating": 2.5}, {"rating": "4"}, {"rating": True},
    {"kind": "RATING"}, {"kind": "GUESS"}, {"kind": "UNKNOWN", "rating": 3}, {"kind": "NA"},
    {"stars": 4}, "4", None, {"comment": 7}, {"comment": "x" * 1501},
])  # fmt: skip
def test_what_is_no_answer_is_refused_by_the_name_of_its_criterion(answer):
    deal = assigned()
    with pytest.raises(AnswersRefused) as refused:
        save(deal, answers={"FIT": answer, "CAP": rated(3)})
    assert [code for code, _ in problems_of(refused)] == ["FIT"]
    assert not Answer.objects.exists()
    deal.refresh_from_db()
    assert deal.workflow_status == WorkflowStatus.ASSIGNED


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(AnswersRefused) as refused:
        save(
            assigned(),
            answers={"SHOE": rated(3)},
            knockouts={"TIME": {"reply": "MAYBE"}},
            recorded={"confidence": "SO-SO", "bid_cost": "much", "shoe_size": 42,
                      "competitors": [{"strength": "cheap"}], "bid_effort_days": -1,
                      "customer_deadline_on": "soon"},
        )  # fmt: skip
    assert problems_of(refused) == [
        ("SHOE", "answer"), ("TIME", "reply"), ("", "confidence"), ("", "bid_cost"),
        ("", "shoe_size"), ("", "competitors"), ("", "bid_effort_days"),
        ("", "customer_deadline_on"),
    ]  # fmt: skip
    assert all(each.sentence for each in refused.value.problems)


def test_what_is_recorded_and_not_scored_is_kept():
    deal = assigned()
    save(
        deal,
        recorded={
            "competitors": [{"name": "Rival", "strength": "cheap"}],
            "customer_deadline_on": "2027-03-31",
            "bid_effort_days": 12.5,
            "open_risks": "The data centre move",
        },
    )
    draft = Assessment.objects.get()
    assert draft.competitors == [{"name": "Rival", "strength": "cheap", "weakness": ""}]
    assert str(draft.customer_deadline_on) == "2027-03-31"
    assert str(draft.bid_effort_days) == "12.5"
    save(deal, recorded={"customer_deadline_on": "", "bid_effort_days": None})
    draft.refresh_from_db()
    assert (draft.customer_deadline_on, draft.bid_effort_days) == (None, None)


def test_the_second_tab_is_told_who_saved_what_and_nothing_is_lost():
    deal = assigned(to=architect(first_name="Mei", last_name="Lin"))
    save(deal, answers={"FIT": rated(4), "CAP": rated(3)})
    save(deal, version=1, answers={"FIT": rated(2, "Looked closer")}, recorded={"lessons": "Ask"})
    with pytest.raises(Conflict) as told:
        save(deal, version=1, answers={"FIT": rated(5), "RISK": rated(5)})
    saves = {(each.code or each.field): each for each in told.value.saves}
    assert saves.keys() == {"FIT", "lessons"}
    assert (saves["FIT"].by, saves["FIT"].value) == ("Mei Lin", "2")
    assert (saves["FIT"].comment, saves["lessons"].value) == ("Looked closer", "Ask")
    assert told.value.current.lock_version == 2
    assert "Mei Lin saved" in told.value.sentence
    assert draft_of(deal).answers.get(criterion__code="FIT").rating == 2


def test_who_was_told_saves_again_on_top():
    deal = assigned()
    save(deal, answers={"FIT": rated(4)})
    save(deal, version=1, answers={"FIT": rated(2)})
    with pytest.raises(Conflict) as told:
        save(deal, version=1, answers={"FIT": rated(5)})
    save(deal, version=told.value.current.lock_version, answers={"FIT": rated(5)})
    assert draft_of(deal).answers.get().rating == 5


def test_two_tabs_cannot_both_start():
    deal = assigned()
    save(deal, version=0, answers={"FIT": rated(4)})
    with pytest.raises(Conflict):
        save(deal, version=0, answers={"FIT": rated(5)})


def test_a_tab_left_open_on_a_former_version_is_told():
    deal = in_review()
    former = deal.assessments.get().lock_version
    apply_transition(deal, Action.RETURN, by=lead(), reason="Say more", **SCREEN)
    with pytest.raises(Conflict):
        save(deal, version=former, answers={"FIT": rated(5)})


def test_saving_the_same_again_changes_nothing():
    deal = assigned()
    save(deal, answers={"FIT": rated(4)}, recorded={"lessons": "Ask"})
    before = draft_of(deal).lock_version
    save(deal, answers={"FIT": rated(4)}, recorded={"lessons": "Ask"})
    assert draft_of(deal).lock_version == before


def test_a_lead_writes_on_behalf_and_it_is_flagged():
    deal, helper = assigned(), lead()
    save(deal, answers={"FIT": rated(4)})
    save(deal, helper, answers={"CAP": rated(3)})
    answer = draft_of(deal).answers.get(criterion__code="CAP")
    assert (answer.author, answer.on_behalf_of) == (helper, deal.assigned_sa)
    assert draft_of(deal).answers.get(criterion__code="FIT").on_behalf_of is None


@pytest.mark.parametrize("role", [Role.SA, Role.VIEWER, Role.SALES_OWNER, Role.ADMINISTRATOR])
def test_others_may_not_write(role):
    deal = in_assessment()
    with pytest.raises(Forbidden):
        save(deal, UserFactory(roles=[role], practices=["Cloud"]), answers={"FIT": rated(4)})


def test_a_superuser_may_not_write_by_being_one():
    with pytest.raises(Forbidden):
        save(in_assessment(), UserFactory(is_superuser=True), answers={"FIT": rated(4)})


def test_a_lead_of_another_practice_may_not_write():
    with pytest.raises(Forbidden):
        save(in_assessment(), lead(leads=["Data"]), answers={"FIT": rated(4)})


def test_what_is_out_of_sight_is_not_there(settings):
    settings.RESTRICT_VISIBILITY = True
    deal = in_assessment()
    with pytest.raises(NotVisible):
        save(deal, architect(practices=["Data"]), answers={"FIT": rated(4)})


def test_after_reassigning_the_draft_stays_with_its_authors_and_the_former_sa_cannot_write():
    deal, newer = assigned(), architect()
    former = deal.assigned_sa
    save(deal, answers={"FIT": rated(4), "CAP": rated(3)})
    apply_transition(
        deal, Action.REASSIGN, by=lead(), reason="On leave", params={"assignee": newer}, **SCREEN
    )
    deal.refresh_from_db()
    with pytest.raises(Forbidden):
        save(deal, former, answers={"FIT": rated(1)})
    save(deal, newer, answers={"FIT": rated(2, "Not so good")})
    draft = draft_of(deal)
    assert draft.assessor == newer
    changed, kept = draft.answers.order_by("criterion__code").reverse()
    assert (kept.author, kept.value) == (former, "3")
    assert changed.author == newer
    assert [(each["by"], each["value"]) for each in changed.former] == [(former.pk, "4")]


@pytest.mark.parametrize("make", [in_review, lambda: held()])
def test_nothing_is_saved_while_nobody_works_on_it(make):
    deal = make()
    with pytest.raises(WrongState, match="cannot be saved while the state is"):
        save(deal, version=1, answers={"FIT": rated(4)})


def held():
    deal = in_assessment()
    return apply_transition(
        deal,
        Action.HOLD,
        by=lead(),
        reason="Customer waits",
        params={"review_on": "2099-01-01"},
        **SCREEN,
    )


def test_without_an_active_template_nothing_starts():
    deal = assigned()
    template_retire(template=standard_template())
    with pytest.raises(GuardFailed, match="No assessment template is active"):
        save(deal, answers={"FIT": rated(4)})


def test_a_save_takes_as_many_queries_for_all_answers_as_for_one(
    django_assert_num_queries, django_assert_max_num_queries
):
    deal = in_assessment()
    save(deal, answers={"FIT": rated(5)})  # Who somebody is has been looked up then.
    with django_assert_max_num_queries(25) as one:
        save(deal, answers={"FIT": rated(4)}, knockouts={"TIME": {"reply": "NO"}})
    with django_assert_num_queries(len(one)):
        save(deal, answers=ratings(1), knockouts=replies(CONFLICT="NO"))


def test_a_submitted_version_refuses_every_change():
    deal = in_review()
    version = deal.assessments.get()
    version.score = 99
    answer, reply = version.answers.first(), version.knockout_answers.first()
    answer.rating = 5
    attempts = [
        version.save,
        version.delete,
        answer.save,
        answer.delete,
        reply.save,
        lambda: Assessment.objects.update(score=99),
        lambda: Assessment.objects.filter(pk=version.pk).delete(),
        lambda: Answer.objects.update(rating=5),
        lambda: Answer.objects.bulk_update([answer], ["rating"]),
        lambda: KnockoutAnswer.objects.all().delete(),
        lambda: Answer(
            assessment=version,
            criterion=answer.criterion,
            kind="NA",
            author=answer.author,
            answered_at=answer.answered_at,
        ).save(),
    ]
    for attempt in attempts:
        with pytest.raises(Frozen), transaction.atomic():
            attempt()


def test_a_lead_submits_on_behalf_and_it_is_flagged():
    deal, helper = in_assessment(), bid_manager()
    apply_transition(deal, Action.SUBMIT, by=helper, **SCREEN)
    event = deal.events.get(action="SUBMIT")
    assert (event.actor, event.on_behalf_of) == (helper, deal.assigned_sa)
    assert deal.assessments.get().submitted_by == helper
