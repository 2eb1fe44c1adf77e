"""Which changes in the CRM put a scoring in question."""

from datetime import date
from decimal import Decimal

import pytest

from opportunities.domain.material import as_pairs, material_changes

FACTS = {
    "deal_value": Decimal(1000),
    "currency": "EUR",
    "close_date": date(2026, 6, 15),
    "stage": "03 - Propose",
    "customer": "Acme",
}


@pytest.fixture(autouse=True)
def limits(settings):
    settings.MATERIAL_VALUE_PERCENT = 20
    settings.MATERIAL_CLOSE_DATE_DAYS = 30
    settings.SALES_STAGES = []


def changed(before=None, **now):
    facts = FACTS | (before or {})
    return list(material_changes(facts, facts | now))


def test_nothing_changed_is_no_change():
    assert changed() == []


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("deal_value", Decimal(1000), Decimal(1200)),
        ("deal_value", Decimal(1000), Decimal(800)),
        ("deal_value", Decimal(-1000), Decimal(-1200)),
        ("deal_value", Decimal(0), Decimal("0.01")),
        ("deal_value", None, Decimal(0)),
        ("deal_value", Decimal(0), None),
        ("close_date", date(2026, 6, 15), date(2026, 7, 15)),
        ("close_date", date(2026, 6, 15), date(2026, 5, 16)),
        ("close_date", None, date(2026, 6, 15)),
        ("close_date", date(2026, 6, 15), None),
        ("stage", "03 - Propose", "02 - Qualify"),
        ("stage", " 10 - Close", "9 - Sign"),
        ("currency", "EUR", "USD"),
        ("currency", None, "USD"),
        ("customer", "Acme", "Apex"),
        ("customer", "Acme", None),
    ],
)
def test_a_fact_that_moved_too_far_is_told_with_both_values(field, old, new):
    assert changed({field: old}, **{field: new}) == [(field, old, new)]


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("deal_value", Decimal(1000), Decimal("1199.99")),
        ("deal_value", Decimal(1000), Decimal("800.01")),
        ("deal_value", Decimal(0), Decimal("0.00")),
        ("deal_value", None, None),
        ("close_date", date(2026, 6, 15), date(2026, 7, 14)),
        ("close_date", date(2026, 6, 15), date(2026, 5, 17)),
        ("close_date", None, None),
        ("stage", "03 - Propose", "04 - Negotiate"),
        ("stage", "03 - Propose", "03 - Offer"),
        ("stage", "03 - Propose", "Lost"),
        ("stage", "Propose", "02 - Qualify"),
        ("stage", None, "02 - Qualify"),
        ("stage", "02 - Qualify", None),
        ("currency", None, ""),
        ("customer", "", None),
    ],
)
def test_a_fact_that_moved_less_is_not(field, old, new):
    assert changed({field: old}, **{field: new}) == []


def test_facts_as_json_keeps_them_compare_as_the_models_do():
    kept = {"deal_value": "1000.00", "close_date": "2026-06-15"}
    same = {"deal_value": Decimal(1000), "close_date": date(2026, 6, 15)}
    assert changed(kept, **same) == []
    later = {"deal_value": Decimal(1200), "close_date": date(2026, 7, 15)}
    assert [name for name, _, _ in changed(kept, **later)] == ["deal_value", "close_date"]


def test_a_company_sets_its_own_limits(settings):
    settings.MATERIAL_VALUE_PERCENT = 0.5
    settings.MATERIAL_CLOSE_DATE_DAYS = 1
    assert len(changed(deal_value=Decimal(1005), close_date=date(2026, 6, 16))) == 2
    assert changed(deal_value=Decimal(1004)) == []


def test_named_stages_have_the_order_of_the_setting(settings):
    settings.SALES_STAGES = ["Discover", "Offer", "Sign"]
    assert changed({"stage": "Offer"}, stage="Discover") == [("stage", "Offer", "Discover")]
    assert changed({"stage": "Discover"}, stage="Sign") == []
    # A number says nothing where the setting has the stages.
    assert changed({"stage": "03 - Propose"}, stage="02 - Qualify") == []
    assert changed({"stage": "Sign"}, stage="02 - Qualify") == []


def test_all_that_moved_are_told():
    nothing = dict.fromkeys(FACTS)
    assert {name for name, _, _ in changed(**nothing)} == FACTS.keys() - {"stage"}


def test_changes_as_events_store_them_come_by_field():
    stored = [
        {"field": "stage", "old": "03", "new": "02"},
        {"field": "currency", "old": None, "new": "EUR"},
    ]
    assert as_pairs(stored) == {"stage": ("03", "02"), "currency": (None, "EUR")}
