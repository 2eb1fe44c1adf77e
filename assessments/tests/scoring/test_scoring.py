import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.drafts.template_document import rules_of
from assessments.scoring.rules import Answer, AnswerKind, Criterion, KnockoutReply, Recommendation
from assessments.scoring.score import band_of, contributions, score

APP = Path(__file__).parents[2]
VECTORS = json.loads((APP / "scoring_vectors.json").read_text())
RULES = rules_of(json.loads((APP / "migrations" / "standard_template.json").read_text()))
CODES = VECTORS["criteria"]
GATES = [each.code for each in RULES.criteria if each.is_gate]
ALL_YES = dict.fromkeys(RULES.knockouts, KnockoutReply.YES)
UNKNOWN, NA = Answer(AnswerKind.UNKNOWN), Answer(AnswerKind.NA)


# How long it takes is up to what else the machine does.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rated(rating):
    return Answer(AnswerKind.RATING, rating)


def answer_of(written):
    return {None: UNKNOWN, "NA": NA}.get(written) or rated(written)


def answers_of(*written):
    return dict(zip(CODES, map(answer_of, written), strict=True))


anything = st.fixed_dictionaries(
    {
        code: st.one_of(
            st.integers(0, 5).map(rated),
            st.just(UNKNOWN),
            *([] if code in GATES else [st.just(NA)]),
        )
        for code in CODES
    }
)
replies = st.fixed_dictionaries(dict.fromkeys(RULES.knockouts, st.sampled_from(KnockoutReply)))


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda each: each["name"])
def test_the_worked_examples_come_out(vector):
    result = score(RULES, answers_of(*vector["answers"]), ALL_YES | vector["knockouts"])
    assert str(result.score) == vector["score"]
    assert str(result.best_case) == vector["best_case"]
    assert result.band.recommendation == vector["by_band"]
    assert result.recommendation == vector["recommendation"]
    assert [cap.trigger for cap in result.caps] == vector["caps"]
    for code, expected in vector.get("group_scores", {}).items():
        assert str(result.group_scores[code]) == expected


def test_a_cap_says_in_words_what_holds_the_bid_down():
    result = score(RULES, answers_of(5, 5, 1, 5, 5, 1, 1, 2, 5, 5, 5), ALL_YES)
    assert [cap.sentence for cap in result.caps] == [
        "Gate FIT (Solution fit) is rated 1: Conditional at most.",
        "Group C (Can we win it?) scores 25.7, below 40: Conditional at most.",
    ]


@pytest.mark.parametrize(
    ("answers", "replies", "sentence"),
    [
        (
            {},
            {"TIME": KnockoutReply.NO},
            "Knock-out TIME (A competent answer can be ready by the customer's deadline) is "
            "answered No: No bid at most.",
        ),
        (
            {},
            {"TIME": KnockoutReply.UNKNOWN},
            "Knock-out TIME (A competent answer can be ready by the customer's deadline) is "
            "answered Unknown: Conditional at most.",
        ),
        ({"FIT": UNKNOWN}, {}, "Gate FIT (Solution fit) is Unknown: Conditional at most."),
        ({"FIT": rated(0)}, {}, "Gate FIT (Solution fit) is rated 0: No bid at most."),
    ],
)
def test_each_cap_has_its_sentence(answers, replies, sentence):
    answers = answers_of(*[5] * 11) | answers
    assert [cap.sentence for cap in score(RULES, answers, replies).caps] == [sentence]


def test_a_group_caps_once_it_is_answered_and_has_a_score():
    group = dict.fromkeys(["NEED", "FUND"], rated(0))
    assert [cap.trigger for cap in score(RULES, group, {}).caps] == ["GROUP_BELOW"]
    assert score(RULES, {"NEED": rated(0)}, {}).caps == ()
    assert score(RULES, dict.fromkeys(group, NA), {}).caps == ()
    assert score(RULES, group, {}).group_scores["A"] == 0
    assert score(RULES, dict.fromkeys(group, NA), {}).group_scores["A"] is None


def test_an_open_knockout_holds_the_recommendation_back():
    without_one = dict(list(ALL_YES.items())[1:])
    result = score(RULES, answers_of(*[5] * 11), without_one)
    assert (result.score, result.band, result.recommendation) == (100, None, None)


def test_what_is_unknown_is_counted_apart_from_what_is_open():
    result = score(RULES, {"FIT": UNKNOWN, "CAP": NA, "NEED": rated(5)}, {})
    assert (result.unknown, result.answered, result.total) == (1, 3, 11)


def test_a_criterion_contributes_its_part_of_a_hundred_points():
    criteria = [
        Criterion(code, code, "A", weight)
        for code, weight in zip("abcd", (1, 3, 4, 9), strict=True)
    ]
    answers = {"a": rated(5), "b": rated(2), "c": UNKNOWN, "d": NA}
    assert contributions(criteria, answers) == {"a": Decimal("12.5"), "b": Decimal(15), "c": 0}
    assert contributions(criteria[3:], answers) == {}


def test_more_than_a_quarter_unknown_caps():
    result = score(RULES, answers_of(5, 5, 5, None, 5, 5, None, None, 5, 5, 5), ALL_YES)
    assert result.caps[-1].sentence == (
        "28.0% of the weight is Unknown, above 25%: Conditional at most."
    )


def test_a_quarter_unknown_does_not_cap():
    result = score(RULES, answers_of(None, 5, 5, 5, 5, 5, None, 5, None, 5, 5), ALL_YES)
    assert result.unknown_share == Decimal("25.0")
    assert [cap.trigger for cap in result.caps] == []


def test_the_lowest_cap_wins():
    all_low = ALL_YES | {"TIME": KnockoutReply.UNKNOWN, "REDLINE": KnockoutReply.NO}
    result = score(RULES, answers_of(*[5] * 11), all_low)
    assert result.recommendation == Recommendation.NO_BID
    assert len(result.caps) == 2


def test_a_cap_never_lifts_a_recommendation():
    result = score(RULES, answers_of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), ALL_YES)
    assert result.recommendation == Recommendation.NO_BID


def test_a_half_is_rounded_up():
    result = score(RULES, answers_of(4, "NA", 4, "NA", 4, 4, 4, 4, 3, 4, 4), ALL_YES)
    assert result.score == Decimal("78.3")  # 313 of 400 is 78.25 %


def test_a_draft_counts_what_is_open_as_unknown_and_recommends_nothing():
    result = score(RULES, {"FIT": rated(5)}, {})
    assert (str(result.score), str(result.best_case)) == ("15.0", "100.0")
    assert (result.answered, result.total) == (1, 11)
    assert result.recommendation is None
    assert result.caps == ()


def test_a_draft_already_shows_the_cap_of_what_is_answered():
    result = score(RULES, {"FIT": rated(0)}, {"TIME": KnockoutReply.NO})
    assert [cap.trigger for cap in result.caps] == ["KNOCKOUT_NO", "GATE_RATED"]


def test_without_an_applicable_criterion_there_is_no_score():
    result = score(RULES, dict.fromkeys(CODES, NA), ALL_YES)
    assert (result.score, result.best_case, result.recommendation) == (None, None, None)


@patiently
@given(anything, replies)
def test_a_score_is_between_0_and_100_and_no_better_than_its_best_case(answers, knockouts):
    result = score(RULES, answers, knockouts)
    assert 0 <= result.score <= result.best_case <= 100
    for group_score in result.group_scores.values():
        assert group_score is None or 0 <= group_score <= 100


@patiently
@given(anything, st.sampled_from(CODES), st.integers(0, 4))
def test_a_better_rating_never_lowers_the_score_or_the_recommendation(answers, code, rating):
    worse = score(RULES, {**answers, code: rated(rating)}, ALL_YES)
    better = score(RULES, {**answers, code: rated(rating + 1)}, ALL_YES)
    order = list(Recommendation)
    assert better.score >= worse.score
    assert order.index(better.recommendation) <= order.index(worse.recommendation)


@patiently
@given(anything)
def test_with_all_known_the_best_case_is_the_score(answers):
    known = {code: rated(3) if each == UNKNOWN else each for code, each in answers.items()}
    result = score(RULES, known, ALL_YES)
    assert result.best_case == result.score


@patiently
@given(anything, st.sampled_from([code for code in CODES if code not in GATES]))
def test_what_is_not_applicable_leaves_the_denominator(answers, code):
    """The score is then the one of the template without the criterion."""
    rest = tuple(each for each in RULES.criteria if each.code != code)
    with_it = score(RULES, {**answers, code: NA}, ALL_YES)
    without = contributions(rest, answers)
    assert abs(with_it.score - sum(without.values())) <= Decimal("0.05")


@patiently
@given(anything)
def test_contributions_add_up_to_the_score(answers):
    result = score(RULES, answers, ALL_YES)
    assert abs(result.score - sum(contributions(RULES.criteria, answers).values())) <= Decimal(
        "0.05"
    )


@patiently
@given(st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10))
def test_every_score_has_one_band(value):
    assert sum(value in band for band in RULES.bands) == 1
    assert band_of(RULES, value)


def test_a_score_between_two_bands_has_none():
    assert band_of(replace(RULES, bands=RULES.bands[:1]), Decimal("69.95")) is None


@patiently
@given(anything, replies)
def test_the_recommendation_is_no_better_than_band_and_caps(answers, knockouts):
    result = score(RULES, answers, knockouts)
    order = list(Recommendation)
    ceilings = [result.band.recommendation, *(cap.caps_at for cap in result.caps)]
    assert order.index(result.recommendation) == max(map(order.index, ceilings))
