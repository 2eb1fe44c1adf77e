from datetime import date
from decimal import Decimal

import pytest

from assessments.decisions.conditions import condition_settle, conditions_of
from assessments.drafts.authors import authors_of
from assessments.drafts.templates import template_activate, template_retire
from assessments.drafts.versions import draft_of, submitted_of
from assessments.models import AssessmentStatus, Condition, ConditionState, Decision, Frozen
from assessments.tests.factories import (
    IN_2099,
    KNOCKOUTS,
    SCREEN,
    architect,
    assigned,
    bid_manager,
    complete,
    draft_template,
    in_assessment,
    in_review,
    lead,
    rated,
    ratings,
    replies,
    save,
    standard_template,
)
from opportunities.access.roles import Role, access_of
from opportunities.domain.deadlines import work_calendar
from opportunities.domain.errors import Forbidden, GuardFailed, StaleVersion, WrongState
from opportunities.domain.states import Action, BidDecision, Guard, WorkflowStatus
from opportunities.lists.crm_snapshot import crm_facts
from opportunities.models import NonTransitionEvent, OpportunityEvent
from opportunities.tests.admin_clients import browser_of
from opportunities.tests.admin_people import staff_lead
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.workflow.available import allowed_actions
from opportunities.workflow.bulk import bulk_transition
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db
OVERRIDE = {"reason_code": "COMMITMENT", "reason": "The board gave its word"}
DECLINE = {"reason_code": "LOW_RETURN", "reason": "Not for this margin"}


def a_bid(**details):
    """In review, and the score recommends to bid."""
    return in_review(ratings(4), recommendation="BID", **details)


def condition(owner=None, **changes):
    owner = owner or lead()
    return {"text": "Partner signs", "owner": owner, "due_on": IN_2099} | changes


def conditional(*conditions):
    return apply_transition(
        in_review(),
        Action.APPROVE_WITH_CONDITIONS,
        by=bid_manager(),
        params={"conditions": conditions or [condition()]},
        **SCREEN,
    )


def settle(which, state=ConditionState.MET, by=None, **more):
    return condition_settle(condition=which, state=state, by=by or bid_manager(), **SCREEN, **more)


def test_an_approval_is_a_decision_on_the_submitted_version():
    deal, decider = a_bid(), lead()
    version = submitted_of(deal)
    apply_transition(deal, Action.APPROVE, by=decider, **SCREEN)
    decision = Decision.objects.get()
    version.refresh_from_db()
    assert (decision.assessment, decision.decided_by) == (version, decider)
    assert (decision.outcome, decision.recommendation) == ("BID", "BID")
    assert not decision.is_override
    assert version.status == AssessmentStatus.DECIDED
    assert decision.crm_snapshot == crm_facts(deal)


def test_a_decision_that_differs_from_the_score_needs_its_reason():
    deal = in_review()
    for payload in ({}, {"reason_code": "COMMITMENT"}, {"reason": "Because"}):
        with pytest.raises(GuardFailed, match="The score recommends Conditional"):
            apply_transition(deal, Action.APPROVE, by=lead(), **payload, **SCREEN)
    assert not Decision.objects.exists()


def test_an_override_is_flagged_for_ever():
    deal = in_review()
    apply_transition(deal, Action.APPROVE, by=lead(), **OVERRIDE, **SCREEN)
    decision = Decision.objects.get()
    assert decision.is_override
    assert (decision.reason_code, decision.reason) == tuple(OVERRIDE.values())
    decision.is_override = False
    for attempt in (
        decision.save,
        decision.delete,
        lambda: Decision.objects.update(is_override=False),
        lambda: Decision.objects.all().delete(),
    ):
        with pytest.raises(Frozen):
            attempt()
    apply_transition(deal, Action.REQUALIFY, by=lead(), reason="New scope", **SCREEN)
    assert Decision.objects.get().is_override


def test_declining_what_the_score_recommends_is_an_override():
    apply_transition(a_bid(), Action.DECIDE_NO_BID, by=lead(), **DECLINE, **SCREEN)
    assert Decision.objects.get().is_override


def test_a_no_bid_needs_one_of_the_reason_codes():
    deal = in_review()
    with pytest.raises(GuardFailed, match="OFF_STRATEGY"):
        apply_transition(
            deal, Action.DECIDE_NO_BID, by=lead(), reason_code="TIRED", reason="Yes", **SCREEN
        )
    deal.refresh_from_db()
    assert deal.workflow_status == WorkflowStatus.IN_REVIEW
    assert submitted_of(deal)


@pytest.mark.parametrize("code", ["TIRED", DECLINE["reason_code"]])
def test_an_approval_stores_no_reason_code_but_those_of_an_override(code):
    for deal in (a_bid(), in_review()):
        with pytest.raises(GuardFailed, match="COMMITMENT") as refusal:
            apply_transition(
                deal, Action.APPROVE, by=lead(), reason_code=code, reason="Yes", **SCREEN
            )
        assert refusal.value.guard == "reason_code_known"
    assert not Decision.objects.exists()


def test_above_the_limit_the_decision_names_both_who_approved(settings):
    settings.SECOND_APPROVAL_LIMITS = {"EUR": Decimal(1)}
    deal, first, second = a_bid(), lead(), bid_manager()
    apply_transition(deal, Action.FIRST_APPROVAL, by=first, **SCREEN)
    apply_transition(deal, Action.APPROVE, by=second, **SCREEN)
    decision = Decision.objects.get()
    assert (decision.first_approved_by, decision.decided_by) == (first, second)


# --- Nobody decides what they scored -------------------------------------------------------------


def everything(user):
    """A person with every role there is, and every power of Django."""
    return user(roles=list(Role), practices=["Cloud"], leads=["Data"], is_superuser=True)


DECIDING = [
    lambda deal, by: apply_transition(deal, Action.APPROVE, by=by, **OVERRIDE, **SCREEN),
    lambda deal, by: apply_transition(
        deal, Action.APPROVE_WITH_CONDITIONS, by=by, params={"conditions": [condition()]}, **SCREEN
    ),
    lambda deal, by: apply_transition(deal, Action.DECIDE_NO_BID, by=by, **DECLINE, **SCREEN),
]


def refuse_all(deal, by):
    for decide in DECIDING:
        with pytest.raises(GuardFailed, match="scored"):
            decide(deal, by)
    (result,) = bulk_transition([deal.pk], Action.DECIDE_NO_BID, by=by, **DECLINE)
    assert not result.is_done
    assert not Decision.objects.exists()
    deal.refresh_from_db()
    deciding = {Action.APPROVE, Action.APPROVE_WITH_CONDITIONS, Action.DECIDE_NO_BID}
    offers = allowed_actions(deal, access_of(by))
    assert not any(offer.is_allowed for offer in offers if offer.action in deciding)


def test_the_scorer_decides_nothing_not_even_as_superuser_or_through_bulk():
    scorer = everything(UserFactory)
    refuse_all(in_review(to=scorer), scorer)


def test_who_answered_on_behalf_decides_nothing():
    deal, helper = in_assessment(), lead()
    save(deal, helper, answers={"CAP": rated(4)})
    apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    refuse_all(deal, helper)


PARTS = {
    "rating": {"answers": {"CAP": rated(4)}},
    "comment": {"answers": {"CAP": {"comment": "See https://example.com/plan"}}},
    "knock-out": {"knockouts": {"TIME": {"reply": "YES", "comment": "Asked"}}},
    **{
        name: {"recorded": {name: value}}
        for name, value in {
            "sa_recommendation": "BID",
            "sa_reason": "A partner comes",
            "confidence": "LOW",
            "bid_effort_days": "34.5",
            "bid_cost": "41000",
            "bid_cost_currency": "EUR",
            "customer_deadline_on": "2099-01-15",
            "competitors": [{"name": "Rival"}],
            "sales_owner_view": "They like us",
            "open_risks": "Data migration",
            "lessons": "Test early",
        }.items()
    },
}


@pytest.mark.parametrize("part", PARTS)
def test_who_wrote_only_one_part_decides_nothing_in_api_admin_and_bulk(part):
    deal, helper = assigned(), staff_lead(first_name="Lena")
    complete(deal, sa_reason="We know the customer")
    save(deal, helper, **PARTS[part])
    assert helper.pk in authors_of(draft_of(deal))
    apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    refuse_all(deal, helper)
    payload = {"lock_version": deal.lock_version, "reason_code": "LOW_RETURN", "reason": "No"}
    api = client_of(helper).post(
        f"/api/opportunities/{deal.pk}/actions/decide-no-bid", payload, format="json"
    )
    assert (api.status_code, api.json()["guard"]) == (409, Guard.NOT_OWN_SCORING)
    page = f"/admin/opportunities/opportunity/{deal.pk}/transition/DECIDE_NO_BID"
    assert browser_of(helper).post(page, payload).status_code == 409
    assert not Decision.objects.exists()


@pytest.mark.parametrize("part", ["rating", "knock-out", "sa_reason"])
def test_a_part_written_over_and_copied_on_still_has_its_author(part):
    deal, helper = in_assessment(), lead()
    save(deal, helper, **PARTS[part])
    anew = {"answers": ratings(2), "knockouts": replies(TIME="NO")}
    save(deal, deal.assigned_sa, recorded={"sa_reason": "Thin"}, **anew)
    apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    apply_transition(deal, Action.WITHDRAW, by=deal.assigned_sa, **SCREEN)
    apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    refuse_all(deal, helper)


def test_who_submitted_on_behalf_decides_nothing():
    deal, helper = in_assessment(), bid_manager()
    apply_transition(deal, Action.SUBMIT, by=helper, **SCREEN)
    refuse_all(deal, helper)


def test_a_former_sa_decides_nothing_even_if_every_answer_was_given_anew():
    former, newer = everything(UserFactory), architect()
    deal = in_assessment(to=former)
    apply_transition(
        deal,
        Action.REASSIGN,
        by=bid_manager(),
        reason="Leave",
        params={"assignee": newer},
        **SCREEN,
    )
    save(deal, newer, answers=ratings(2))
    doubts = replies(**dict.fromkeys(KNOCKOUTS, "UNKNOWN"))
    save(deal, newer, knockouts=doubts, recorded={"sa_reason": "Thin"})
    assert {row.author for row in draft_of(deal).answers.all()} == {newer}
    apply_transition(deal, Action.SUBMIT, by=newer, **SCREEN)
    refuse_all(deal, former)


def test_the_scorer_of_a_version_taken_over_decides_nothing():
    deal = in_review()
    scorer = deal.assigned_sa
    apply_transition(deal, Action.WITHDRAW, by=scorer, **SCREEN)
    newer = architect()
    apply_transition(
        deal,
        Action.REASSIGN,
        by=bid_manager(),
        reason="Leave",
        params={"assignee": newer},
        **SCREEN,
    )
    apply_transition(deal, Action.SUBMIT, by=newer, **SCREEN)
    scorer.groups.add(*UserFactory(roles=[Role.BID_MANAGER]).groups.all())
    refuse_all(deal, type(scorer).objects.get(pk=scorer.pk))


def test_who_began_to_score_cannot_wave_it_away_not_even_through_bulk():
    deal, helper = in_assessment(), lead()
    save(deal, helper, answers={"CAP": rated(1)})
    (offer,) = (
        each
        for each in allowed_actions(deal, access_of(helper))
        if each.action == Action.QUICK_NO_BID
    )
    assert (offer.is_allowed, offer.guard) == (False, Guard.NOT_OWN_SCORING)
    with pytest.raises(GuardFailed, match="You scored this"):
        apply_transition(deal, Action.QUICK_NO_BID, by=helper, **DECLINE, **SCREEN)
    (result,) = bulk_transition([deal.pk], Action.QUICK_NO_BID, by=helper, **DECLINE)
    assert not result.is_done
    assert draft_of(deal)


def test_the_scorer_does_not_conclude_the_conditions_either():
    deal = conditional()
    settle(conditions_of(deal)[0])
    scorer = deal.assigned_sa
    scorer.groups.add(*UserFactory(roles=[Role.BID_MANAGER]).groups.all())
    scorer = type(scorer).objects.get(pk=scorer.pk)
    with pytest.raises(GuardFailed, match="scored"):
        apply_transition(deal, Action.CONDITIONS_MET, by=scorer, **SCREEN)


def test_the_second_of_two_deciders_is_told():
    deal = in_review()
    seen = deal.lock_version
    apply_transition(
        deal, Action.DECIDE_NO_BID, by=lead(), expected_version=seen, **DECLINE, **SCREEN
    )
    with pytest.raises(StaleVersion):
        apply_transition(
            deal, Action.APPROVE, by=bid_manager(), expected_version=seen, **OVERRIDE, **SCREEN
        )
    assert Decision.objects.count() == 1


# --- Conditions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("named", "sentence"), [
    ([], "at least one condition"),
    (None, "at least one condition"),
    ([{"text": " "}], "Describe condition 1"),
    ([{"text": "Partner", "owner": None}], "owner of condition 1"),
    ([{"text": "Partner", "owner": 0, "due_on": "2099-01-04"}], "owner of condition 1"),
])  # fmt: skip
def test_conditions_have_to_be_whole(named, sentence):
    with pytest.raises(GuardFailed, match=sentence):
        apply_transition(
            in_review(),
            Action.APPROVE_WITH_CONDITIONS,
            by=lead(),
            params={"conditions": named or []},
            **SCREEN,
        )


@pytest.mark.parametrize("day", [None, "", "soon", date(2020, 1, 1), 7])
def test_a_condition_has_a_due_date_that_is_not_past(day):
    with pytest.raises(GuardFailed, match="due date"):
        conditional(condition(due_on=day))


def test_the_owner_of_a_condition_is_active():
    with pytest.raises(GuardFailed, match="owner"):
        conditional(condition(UserFactory(is_active=False)))


def test_a_conditional_bid_is_due_when_its_first_condition_is():
    deal = conditional(condition(due_on="2099-03-02"), condition(due_on="2099-01-05"))
    assert deal.due_at == work_calendar().end_of(date(2099, 1, 5))
    settle(conditions_of(deal)[0])
    deal.refresh_from_db()
    assert deal.due_at == work_calendar().end_of(date(2099, 3, 2))


def test_open_conditions_keep_it_conditional():
    deal = conditional(condition(text="Partner signs"), condition(text="Price holds"))
    settle(conditions_of(deal)[0])
    with pytest.raises(GuardFailed, match="Still open: Price holds"):
        apply_transition(deal, Action.CONDITIONS_MET, by=bid_manager(), **SCREEN)


def test_when_all_are_met_or_waived_it_is_a_bid():
    deal, decider = conditional(condition(), condition()), bid_manager()
    first, second = conditions_of(deal)
    settle(first, reason="Signed on Monday")
    settle(second, ConditionState.WAIVED, reason="No longer asked for")
    deal = apply_transition(deal, Action.CONDITIONS_MET, by=decider, **SCREEN)
    assert (deal.workflow_status, deal.decision) == (WorkflowStatus.APPROVED, BidDecision.BID)
    newest = Decision.objects.first()
    assert (newest.action, newest.outcome) == (Action.CONDITIONS_MET, "BID")
    assert newest.assessment == deal.assessments.get()
    assert not newest.is_override


def test_when_they_fail_it_is_no_bid():
    deal = apply_transition(
        conditional(), Action.CONDITIONS_FAILED, by=bid_manager(), reason="Partner left", **SCREEN
    )
    assert deal.decision == BidDecision.NO_BID
    assert Decision.objects.first().reason == "Partner left"


def test_settling_a_condition_stands_in_the_trail():
    deal = conditional()
    settle(conditions_of(deal)[0], reason="Signed")
    event = OpportunityEvent.objects.first()
    assert (event.action, event.reason) == (
        NonTransitionEvent.CONDITION,
        "Met: Partner signs (Signed)",
    )


def test_its_owner_says_that_it_is_met_but_does_not_waive_it():
    owner = architect()
    deal = conditional(condition(owner))
    with pytest.raises(Forbidden):
        settle(conditions_of(deal)[0], ConditionState.WAIVED, by=owner, reason="Why bother")
    assert settle(conditions_of(deal)[0], by=owner).settled_by == owner


def test_others_settle_nothing():
    deal = conditional()
    for other in (architect(), lead(leads=["Data"]), UserFactory(is_superuser=True)):
        with pytest.raises(Forbidden):
            settle(conditions_of(deal)[0], by=other)


def test_a_waiver_has_its_reason():
    with pytest.raises(GuardFailed, match="reason for waiving"):
        settle(conditions_of(conditional())[0], ConditionState.WAIVED)


def test_a_condition_is_settled_once():
    deal = conditional()
    settle(conditions_of(deal)[0])
    with pytest.raises(GuardFailed, match="already met"):
        settle(conditions_of(deal)[0], ConditionState.WAIVED, reason="Else")


def test_a_condition_is_not_rewritten():
    conditional()
    row = Condition.objects.get()
    row.due_on = date(2100, 1, 1)
    with pytest.raises(Frozen):
        row.save()
    with pytest.raises(Frozen):
        Condition.objects.update(text="Easier")


def test_a_condition_of_a_decision_taken_back_no_longer_counts():
    deal = conditional()
    (old,) = conditions_of(deal)
    apply_transition(deal, Action.REQUALIFY, by=lead(), reason="New scope", **SCREEN)
    with pytest.raises(GuardFailed, match="no longer counts"):
        settle(old)


# --- Again ---------------------------------------------------------------------------------------


def test_requalifying_makes_a_new_version_and_keeps_the_old_decision():
    deal = a_bid()
    apply_transition(deal, Action.APPROVE, by=lead(), **SCREEN)
    deal = apply_transition(deal, Action.REQUALIFY, by=lead(), reason="New scope", **SCREEN)
    old, new = deal.assessments.order_by("version_no")
    assert (old.status, new.status) == (AssessmentStatus.DECIDED, AssessmentStatus.DRAFT)
    assert new.answers.count() == 11
    assert (deal.decision, Decision.objects.get().outcome) == (BidDecision.NONE, "BID")


def test_requalifying_goes_by_the_template_that_is_active_now():
    deal = a_bid()
    apply_transition(deal, Action.APPROVE, by=lead(), **SCREEN)
    newer = draft_template()
    newer.knockouts.filter(code="TIME").update(code="SOON")
    template_activate(template=newer)
    apply_transition(deal, Action.REQUALIFY, by=lead(), reason="New scope", **SCREEN)
    draft = draft_of(deal)
    assert draft.template == newer
    assert draft.answers.filter(criterion__group__template=newer).count() == 11
    assert draft.knockout_answers.count() == 4


def test_a_quick_no_bid_abandons_the_draft_and_decides_without_scoring():
    deal = in_assessment()
    apply_transition(deal, Action.QUICK_NO_BID, by=lead(), **DECLINE, **SCREEN)
    decision = Decision.objects.get()
    assert (decision.assessment, decision.outcome) == (None, "NO_BID")
    assert deal.assessments.get().status == AssessmentStatus.ABANDONED
    apply_transition(deal, Action.REQUALIFY, by=lead(), reason="They called", **SCREEN)
    assert draft_of(deal).answers.count() == 11


def test_what_was_declined_unassigned_starts_with_the_next_sa():
    standard_template()
    deal = OpportunityFactory(deal_value=1)
    apply_transition(deal, Action.QUICK_NO_BID, by=lead(), **DECLINE, **SCREEN)
    deal = apply_transition(deal, Action.REQUALIFY, by=lead(), reason="They called", **SCREEN)
    assert deal.workflow_status == WorkflowStatus.NEW
    assert not deal.assessments.exists()


def test_requalifying_without_an_active_template_is_refused_and_changes_nothing():
    deal = assigned()
    apply_transition(deal, Action.QUICK_NO_BID, by=lead(), **DECLINE, **SCREEN)
    template_retire(template=standard_template())
    with pytest.raises(GuardFailed, match="No assessment template is active"):
        apply_transition(deal, Action.REQUALIFY, by=lead(), reason="They called", **SCREEN)
    deal.refresh_from_db()
    assert deal.decision == BidDecision.NO_BID


def test_nobody_decides_what_is_not_in_review():
    with pytest.raises(WrongState):
        apply_transition(in_assessment(), Action.APPROVE, by=lead(), **SCREEN)
