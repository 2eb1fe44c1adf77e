"""Texts that cannot be used, and names that somebody may have meant."""

import pytest

from opportunities.domain.errors import GuardFailed, TransitionRefused
from opportunities.domain.nearest import advice_on
from opportunities.domain.sound_text import (
    DIGITS,
    FAR_DATE,
    HALF,
    MOST_DIGITS,
    NUL,
    SENTENCES,
    fault_in,
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ""),
        ("Plain", ""),
        ("Grüße 你好", ""),
        ("a\0b", NUL),
        ("a\ud800b", HALF),
        ("\udfff", HALF),
        ("9" * MOST_DIGITS, ""),
        ("9" * (MOST_DIGITS + 1), DIGITS),
        ("-" + "9" * MOST_DIGITS, DIGITS),
        ("+" + "9" * MOST_DIGITS, DIGITS),
        ("x" * (MOST_DIGITS + 1), ""),
        ("1899-12-31", FAR_DATE),
        ("1900-01-01", ""),
        ("2199-12-31", ""),
        ("2200-01-01", FAR_DATE),
        ("0001-01-01T00:00:00Z", FAR_DATE),
        ("9999-12-31 23:59", FAR_DATE),
        ("on 1899-12-31", ""),
    ],
)
def test_a_fault_of_a_text_has_a_code_and_a_sentence(text, fault):
    assert fault_in(text) == fault
    assert not fault or SENTENCES[fault].endswith(".")


def test_the_nearest_name_is_advised_and_else_where_all_are_listed():
    known = ["practice", "geo", "deal_value"]
    assert advice_on("practise", known) == "Did you mean practice?"
    assert advice_on("zzz", known) == "/api/docs lists them all."
    # Of two as near, the first of the alphabet, in whatever order they come.
    assert advice_on("ac", ["ab", "aa"]) == advice_on("ac", ["aa", "ab"])


def test_a_refusal_names_its_guard_and_says_why():
    refusal = GuardFailed("the guard", "The sentence.")
    assert isinstance(refusal, TransitionRefused)
    assert (refusal.guard, refusal.sentence, str(refusal)) == (
        *("the guard", "The sentence.", "The sentence."),
    )
