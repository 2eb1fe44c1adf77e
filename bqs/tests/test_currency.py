"""Amounts in one currency: what has a rate is added up, what has none stays apart."""

from datetime import date
from decimal import Decimal

import pytest

from bqs.dashboard.currency import Reporting, reporting_on
from bqs.dashboard.figure import Amount
from bqs.models import ExchangeRate

TODAY = date(2026, 11, 30)


def rate(currency, number, day="2026-01-01", into="EUR"):
    of = {"currency": currency, "reporting_currency": into, "valid_from": date.fromisoformat(day)}
    return ExchangeRate(**of, rate=Decimal(number), source="ECB")


def reporting(*rates, currency="EUR"):
    return Reporting(currency, {each.currency: each for each in rates})


def amount(currency, value, count=1):
    return Amount(currency, Decimal(value), count, {"tab": "all", "currency": currency or ""})


def told(amounts):
    return [(each.currency, str(each.value), each.count) for each in amounts]


def test_what_has_a_rate_is_one_sum_with_the_rows_of_all_its_currencies():
    (whole,) = reporting(rate("USD", "0.92")).totals(
        [amount("USD", "1000", 2), amount("EUR", "50")]
    )
    assert told([whole]) == [("EUR", "970.00", 3)]
    assert whole.narrowed == {"tab": "all", "currency": ["USD", "EUR"]}


def test_what_has_no_rate_stays_apart_and_so_does_what_has_no_currency():
    amounts = [amount("CHF", "7"), amount("EUR", "50"), amount(None, "3")]
    found = reporting(rate("USD", "0.92")).totals(amounts)
    assert told(found) == [("EUR", "50.00", 1), ("CHF", "7", 1), (None, "3", 1)]


def test_where_nothing_has_a_rate_nothing_is_added_up():
    assert reporting().totals([amount("CHF", "7")]) == [amount("CHF", "7")]
    assert reporting().totals([]) == []


def test_without_a_reporting_currency_each_stays_by_itself():
    amounts = [amount("USD", "7"), amount("EUR", "50")]
    assert reporting(rate("USD", "0.92"), currency=None).totals(amounts) == amounts


@pytest.mark.parametrize(
    ("into", "parts", "whole"),
    [
        # Each alone would be 0.00.
        ("EUR", ["0.004", "0.004"], "0.01"),
        ("EUR", ["0.005"], "0.01"),
        ("JPY", ["10.5"], "11"),
        ("KWD", ["0.0005"], "0.001"),
    ],
)
def test_a_sum_is_rounded_once_to_the_decimals_of_its_currency(into, parts, whole):
    rates = [rate(f"X{n}", "1", into=into) for n, _ in enumerate(parts)]
    amounts = [amount(f"X{n}", part) for n, part in enumerate(parts)]
    (found,) = reporting(*rates, currency=into).totals(amounts)
    assert str(found.value) == whole


@pytest.mark.django_db
def test_the_newest_rate_counts_that_is_valid_and_leads_to_the_reporting_currency(
    settings, django_assert_num_queries
):
    settings.REPORTING_CURRENCY = "EUR"
    for number, day, into in [
        ("0.90", "2026-06-01", "EUR"),
        ("0.80", "2026-01-01", "EUR"),
        ("0.70", "2026-12-01", "EUR"),
        ("0.60", "2026-11-01", "GBP"),
    ]:
        rate("USD", number, day, into).save()
    with django_assert_num_queries(1):
        found = reporting_on(TODAY)
    assert [each.rate for each in found.rates.values()] == [Decimal("0.90")]
