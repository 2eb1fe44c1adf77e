from decimal import Decimal

import pytest

from opportunities.lists.presentation import in_words, money, percent


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (Decimal("1250000.00"), "EUR", "EUR 1,250,000"),
        (Decimal("1250000.50"), "EUR", "EUR 1,250,000.50"),
        (Decimal("0"), "USD", "USD 0"),
        (Decimal("-5.10"), "USD", "USD -5.10"),
        (Decimal("9999999999999999.99"), "JPY", "JPY 9,999,999,999,999,999.99"),
        (Decimal("12"), None, "12"),
        (Decimal("0.40"), "EUR", "EUR 0.40"),
        (Decimal("0.004"), "EUR", "EUR 0.004"),
        (Decimal("1234.5"), "KWD", "KWD 1,234.500"),
        (Decimal("1234.567"), "kwd", "kwd 1,234.567"),
        (Decimal("1234.0000"), "JPY", "JPY 1,234"),
        (Decimal("0.5"), "JPY", "JPY 0.5"),
        (Decimal("0.1234"), "no currency", "no currency 0.1234"),
        (None, "EUR", None),
    ],
)
def test_money_is_grouped_and_never_without_its_currency(amount, currency, words):
    assert money(amount, currency) == words


@pytest.mark.parametrize(
    ("share", "words"), [(Decimal("40.00"), "40%"), (Decimal("12.50"), "12.50%"), (None, None)]
)
def test_a_share_is_a_percentage(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        ("", "–"),
        (0, "0"),
        (False, "no"),
        (True, "yes"),
        (["A", None], "A, –"),
        ({"Tier": 1, "Tags": ["A", "B"]}, "Tier: 1; Tags: A, B"),
    ],
)
def test_a_further_attribute_is_told_in_one_line(value, words):
    assert in_words(value) == words
