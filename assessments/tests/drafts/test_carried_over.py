"""What a new qualification takes over, and what a reviewer asked: each needs an answer."""

import json

import pytest

from assessments.drafts.problems import Incomplete
from assessments.drafts.versions import draft_of
from assessments.models import Decision
from assessments.record.facts import CARRIED_OVER, decision_record
from assessments.tests.factories import (
    CODES,
    IN_2099,
    KNOCKOUTS,
    SCREEN,
    architect,
    in_review,
    lead,
    rated,
    save,
)
from opportunities.domain.states import Action
from opportunities.tests.admin_clients import browser_of, text_of
from opportunities.tests.admin_people import staff_sa
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db


def requalified(**details):
    deal, decider = in_review(**details), lead()
    condition = {"text": "Partner signs", "owner": decider, "due_on": IN_2099}
    apply_transition(
        deal,
        Action.APPROVE_WITH_CONDITIONS,
        by=decider,
        params={"conditions": [condition]},
        **SCREEN,
    )
    return apply_transition(deal, Action.REQUALIFY, by=decider, reason="New scope", **SCREEN)


def carried_over(deal):
    draft = draft_of(deal)
    answers = draft.answers.filter(is_carried_over=True).values_list("criterion__code", flat=True)
    checks = draft.knockout_answers.filter(is_carried_over=True)
    return set(answers), set(checks.values_list("knockout__code", flat=True))


def test_what_is_qualified_anew_is_marked_until_somebody_confirms_it_or_answers_anew():
    deal = requalified()
    assert carried_over(deal) == (set(CODES), set(KNOCKOUTS))
    save(deal, answers={"FIT": rated(4), "NEED": {}}, knockouts={"TIME": {}})
    assert carried_over(deal) == (set(CODES) - {"FIT", "NEED"}, set(KNOCKOUTS) - {"TIME"})
    assert draft_of(deal).answers.get(criterion__code="NEED").rating == 3


def test_who_confirms_an_answer_is_its_author_from_then_on():
    deal, newer = requalified(), architect()
    former = deal.assigned_sa
    deal = apply_transition(
        deal, Action.REASSIGN, by=lead(), reason="Leave", params={"assignee": newer}, **SCREEN
    )
    save(deal, newer, answers={"NEED": {}})
    answer = draft_of(deal).answers.get(criterion__code="NEED")
    assert (answer.author, answer.former[0]["by"]) == (newer, former.pk)


def test_the_first_qualification_carries_nothing_over_nor_does_a_withdrawal():
    deal = in_review()
    apply_transition(deal, Action.WITHDRAW, by=deal.assigned_sa, **SCREEN)
    assert carried_over(deal) == (set(), set())


def test_a_mark_outlives_a_withdrawal_and_stands_in_the_record():
    deal = requalified()
    save(deal, answers={code: {} for code in CODES if code != "FIT"})
    apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    scored = decision_record(deal, None).scored
    told = {each.code for group in scored.groups for each in group.criteria if _is_told(each)}
    assert told == {"FIT"}
    assert {each.reply for each in scored.knockouts} == {f"Yes, {CARRIED_OVER}"}
    apply_transition(deal, Action.WITHDRAW, by=deal.assigned_sa, **SCREEN)
    assert carried_over(deal) == ({"FIT"}, set(KNOCKOUTS))
    assert Decision.objects.count() == 1


def _is_told(criterion):
    return criterion.author.endswith(CARRIED_OVER)


def test_the_form_tells_what_was_carried_over_and_takes_the_confirmation():
    me = staff_sa(first_name="Mei")
    deal, browser = requalified(to=me), browser_of(me)
    page = f"/admin/assessments/assessment/fill/{deal.pk}"
    assert text_of(browser.get(page)).count("Carried over: Mei") == len(CODES) + len(KNOCKOUTS)
    context = browser.get(page).context
    ticked = {"keep-NEED": "1", "keepreply-TIME": "1"}
    shown = {"shown": context["shown"], "version": context["version"]}
    browser.post(page, {**json.loads(context["shown"]), **shown, **ticked, "save": "1"})
    assert carried_over(deal) == (set(CODES) - {"NEED"}, set(KNOCKOUTS) - {"TIME"})


# --- What a reviewer asked ----------------------------------------------------------------------


def returned(**comments):
    deal = in_review()
    asked = {"reason": "See the comments", "params": {"review_comments": comments}}
    return apply_transition(deal, Action.RETURN, by=lead(), **asked, **SCREEN)


def unanswered(deal):
    with pytest.raises(Incomplete) as refusal:
        apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    return [(each.code, each.field) for each in refusal.value.problems]


def test_what_a_reviewer_asked_is_answered_before_it_is_submitted_again():
    deal = returned(FIT="Which parts are proven?", CAP="Who leads it?")
    assert unanswered(deal) == [("FIT", "comment"), ("CAP", "comment")]
    save(deal, answers={"FIT": {"comment": "The billing runs at two others."}, "CAP": {}})
    assert unanswered(deal) == [("CAP", "comment")]
    save(deal, answers={"CAP": rated(2, "Nobody yet; hiring is asked for")})
    apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)


def test_an_answer_that_was_taken_back_is_none():
    deal = returned(FIT="Which parts are proven?")
    save(deal, answers={"FIT": rated(4)})
    save(deal, answers={"FIT": rated(3)})
    assert unanswered(deal) == [("FIT", "comment")]


def test_what_was_asked_of_an_earlier_version_is_not_asked_again():
    deal = returned(FIT="Which parts are proven?")
    save(deal, answers={"FIT": rated(4)})
    apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    apply_transition(deal, Action.RETURN, by=lead(), reason="And the price?", **SCREEN)
    apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
