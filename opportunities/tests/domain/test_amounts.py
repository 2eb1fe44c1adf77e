from decimal import Decimal

import pytest

from opportunities.domain.amounts import AmountField, in_currency, places_of, places_shown, trimmed


@pytest.fixture(autouse=True)
def nothing_remembered():
    places_of.cache_clear()


@pytest.mark.parametrize(
    ("currency", "places"),
    [
        ("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), (" jpy ", 0),
        # Gold has no decimals in ISO 4217, and POINTS is no currency.
        ("XAU", 2), ("POINTS", 2), ("", 2), (None, 2),
    ],
)  # fmt: skip
def test_a_currency_has_its_decimals(currency, places):
    assert places_of(currency) == places


@pytest.mark.parametrize(
    ("amount", "currency", "places"),
    [
        ("1000", "EUR", 0), ("1000.00", "EUR", 0), ("1000.5", "EUR", 2), ("1000.125", "EUR", 3),
        ("0.5", "JPY", 1), ("1.5", "KWD", 3), ("1.2345", "KWD", 4), ("1E+3", "EUR", 0),
    ],
)  # fmt: skip
def test_a_person_is_shown_no_decimals_or_all(amount, currency, places):
    assert places_shown(Decimal(amount), currency) == places


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("5", "EUR", "5.00"), ("5.1", "EUR", "5.10"), ("5.125", "EUR", "5.125"), ("5", "JPY", "5"),
        ("5.5", "JPY", "5.5"), ("5", "KWD", "5.000"), ("0.30000000000000004", "EUR", "0.3"),
        ("5.12345", "EUR", "5.1234"), ("1.0050", None, "1.005"),
    ],
)  # fmt: skip
def test_an_amount_has_the_decimals_of_its_currency_or_those_it_needs(amount, currency, written):
    assert str(in_currency(Decimal(amount), currency)) == written


@pytest.mark.parametrize(("amount", "kept"), [("5", "5.00"), ("5.1250", "5.125"), ("0", "0.00")])
def test_an_amount_is_kept_with_two_decimals_or_more(amount, kept):
    assert str(trimmed(Decimal(amount))) == kept


def test_a_column_of_amounts_has_four_decimals_and_gives_back_those_needed():
    field = AmountField("value", max_digits=20)
    assert (field.verbose_name, field.decimal_places, field.max_digits) == ("value", 4, 20)
    assert AmountField(max_digits=9, decimal_places=2).decimal_places == 2
    assert str(field.from_db_value(Decimal("5.1000"), None, None)) == "5.10"
    assert field.from_db_value(None, None, None) is None
