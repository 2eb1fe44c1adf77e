from decimal import Decimal

import pytest

from assessments.analytics.comparison import compare
from assessments.tests.factories import SCREEN, in_review, lead, rated, ratings, save
from opportunities.domain.states import Action
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db


def versions(**changes):
    """What was submitted, and the copy after a return with changes in it."""
    deal = in_review()
    apply_transition(deal, Action.RETURN, by=lead(), reason="Say more", **SCREEN)
    save(deal, **changes)
    return deal.assessments.order_by("version_no")


def test_the_score_change_is_explained_by_criterion():
    found = compare(*versions(answers={"FIT": rated(5), "COMP": rated(1), "CAP": rated(3, "?")}))
    assert (found.before.score, found.after.score) == (Decimal("60.0"), Decimal("62.0"))
    assert [(each.code, each.points, each.direction) for each in found.criteria] == [
        ("FIT", Decimal("6.0"), "up"),
        ("CAP", Decimal("0.0"), ""),
        ("COMP", Decimal("-4.0"), "down"),
    ]
    assert found.change == sum(each.points for each in found.criteria) == Decimal("2.0")


def test_a_change_of_the_comment_alone_is_shown_too():
    (difference,) = compare(*versions(answers={"CAP": {"comment": "Team named"}})).criteria
    assert difference.before.value == difference.after.value
    assert (difference.before.comment, difference.after.comment) == (
        "A comment of some length",
        "Team named",
    )


def test_not_applicable_moves_the_worth_of_all_others():
    found = compare(*versions(answers={"PROOF": {"kind": "NA"}}))
    assert len(found.criteria) == 11
    assert found.change == Decimal("0.0")
    assert abs(found.rounding) <= Decimal("0.5")


def test_knock_outs_and_what_is_recorded_are_compared():
    found = compare(*versions(knockouts={"TIME": {"reply": "NO"}}, recorded={"confidence": "LOW"}))
    (knockout,) = found.knockouts
    assert (knockout.code, knockout.before.value, knockout.after.value) == ("TIME", "Yes", "No")
    assert found.recorded == {"confidence": ("HIGH", "LOW")}
    assert (found.before.recommendation, found.after.recommendation) == ("CONDITIONAL", "NO_BID")


def test_a_version_compared_with_itself_has_no_difference():
    version = in_review(ratings(4), recommendation="BID").assessments.get()
    found = compare(version, version)
    assert (found.criteria, found.knockouts, found.recorded) == ((), (), {})


def test_a_comparison_takes_the_same_queries_however_much_differs(django_assert_max_num_queries):
    pair = list(versions(answers=ratings(1)))
    with django_assert_max_num_queries(12):
        compare(*pair)
