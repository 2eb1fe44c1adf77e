from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured

from bqs import env


def test_amounts_are_read_for_each_currency(monkeypatch):
    monkeypatch.setenv("LIMITS", "eur: 250000, USD:1.5")
    assert env.amounts("LIMITS") == {"EUR": Decimal(250000), "USD": Decimal("1.5")}
    monkeypatch.setenv("LIMITS", "")
    assert env.amounts("LIMITS", "EUR:1") == {}


@pytest.mark.parametrize("text", ["EUR", "EUR:much", "EUR:1:2", "250000", "EUR:-1", "EUR:NaN"])
def test_amounts_that_make_no_sense_are_refused_by_name(monkeypatch, text):
    monkeypatch.setenv("LIMITS", text)
    with pytest.raises(ImproperlyConfigured, match="LIMITS is"):
        env.amounts("LIMITS")


def test_dates_are_read_and_others_refused_by_name(monkeypatch):
    monkeypatch.setenv("DAYS", "2027-12-25, 2027-12-26")
    assert env.dates("DAYS") == [date(2027, 12, 25), date(2027, 12, 26)]
    monkeypatch.setenv("DAYS", "25.12.2027")
    with pytest.raises(ImproperlyConfigured, match="write dates as in 2027-12-25"):
        env.dates("DAYS")
