import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opportunities.models import Opportunity
from opportunities.tests.factories import OpportunityFactory
from sync.oracle.fields import parsers
from sync.oracle.transport.salvage import Unreadable


def money(value: Any) -> Decimal | None:
    return parsers.decimal(18, 2)(value)


def name(value: Any) -> str | None:
    return parsers.text(500)(value)


plenty = settings(max_examples=200, deadline=None, derandomize=True, database=None)
few = settings(plenty, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
ids: Iterator[int] = count(1)


# --- identifier ---------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [300_000_000_000_107, "300000000000107", " 0300000000000107 "])
def test_an_id_is_its_digits_as_number_or_text(value: Any) -> None:
    assert parsers.identifier(value) == "300000000000107"


@pytest.mark.parametrize(
    "value",
    [None, "", "12a", "-5", -5, 1.5, Decimal("1.5"), True, [], {}, 10**18, "1" * 19, "１２", "²"],
)
def test_what_is_no_id_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"is missing|is not a whole number"):
        parsers.identifier(value)


def test_an_id_has_eighteen_digits_at_most() -> None:
    assert parsers.identifier("9" * 18) == "9" * 18


# --- text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, "", " ", "\t\n", "\xa0", "\u3000"])
def test_empty_text_is_null(value: str | None) -> None:
    assert name(value) is None


@pytest.mark.parametrize(
    ("value", "parsed"),
    [
        ("  SAP ", "SAP"),
        (4711, "4711"),
        ("Café 🚀", "Café 🚀"),
        ("Cafe\u0301", "Café"),
        ("a\nb", "a\nb"),
    ],
)
def test_text_is_trimmed_and_otherwise_kept(value: Any, parsed: str) -> None:
    assert name(value) == parsed


@pytest.mark.parametrize("value", [True, Decimal("1.5"), ["a"], {"a": 1}])
def test_what_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a text"):
        name(value)


def test_text_may_be_as_long_as_its_column_and_no_longer() -> None:
    assert name("🚀" * 500) == "🚀" * 500
    with pytest.raises(ValueError, match="has 501 characters, 500 are possible"):
        name("x" * 501)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("a\0b", "NUL"),
        ("a\ud800b", "surrogate"),
        ("\udc00", "surrogate"),
        ("a\udc80b", "no UTF-8"),
        ("a\ud800\udc80", "surrogate"),
    ],
)
def test_text_that_postgresql_cannot_store_is_refused(value: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        name(value)


# --- decimal ------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, "", "  "])
def test_no_number_is_null_and_not_zero(value: str | None) -> None:
    assert money(value) is None


@pytest.mark.parametrize(
    ("value", "parsed"),
    [
        (0, "0.00"),
        (250_000, "250000.00"),
        ("1250.5", "1250.50"),
        (Decimal("0.125"), "0.13"),
        (Decimal("-0.125"), "-0.13"),
        (Decimal("9999999999999999.99"), "9999999999999999.99"),
        (Decimal("9999999999999999.994"), "9999999999999999.99"),
        ("1E+3", "1000.00"),
    ],
)
def test_a_number_is_exact_and_rounded_half_up(value: Any, parsed: str) -> None:
    assert str(money(value)) == parsed


@pytest.mark.parametrize("value", [True, 0.5, "much", "1,000", [], {}])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        money(value)


@pytest.mark.parametrize("value", ["NaN", "-Infinity", Decimal("NaN"), Decimal("sNaN")])
def test_what_is_not_finite_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a finite number"):
        money(value)


@pytest.mark.parametrize(
    "value", [10**16, -(10**16), Decimal("1e30"), Decimal("9999999999999999.995"), "1e400"]
)
def test_a_number_too_big_for_its_column_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="is out of range"):
        money(value)


@pytest.mark.parametrize("value", [Decimal("1e1000001"), "-1e1000001"])
def test_a_number_beyond_all_reason_is_refused_as_well(value: Any) -> None:
    with pytest.raises(ValueError, match="is out of range"):
        money(value)


def test_a_number_in_the_spelling_of_python_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a number"):
        money("1_000")


@pytest.mark.parametrize(
    ("value", "parsed"),
    [
        (None, None),
        ("0.1", "0.10"),
        ("1.23455", "1.2346"),
        ("12345678901.2345", "12345678901.2345"),
        (10**13, "10000000000000.00"),
    ],
)
def test_an_amount_has_the_decimals_it_needs(value: Any, parsed: str | None) -> None:
    found = parsers.amount(18, 4, most_exact=15)(value)
    assert found == parsed if parsed is None else str(found) == parsed


def test_an_amount_has_no_more_digits_than_the_database_keeps() -> None:
    with pytest.raises(ValueError, match=r"^has more than the 15 digits this database keeps$"):
        parsers.amount(18, 4, most_exact=15)("123456789012.3456")
    assert parsers.amount(18, 4)("123456789012.3456") == Decimal("123456789012.3456")


# --- day and instant ----------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["2026-01-31", "2026-01-31T23:59:59-08:00"])
def test_a_day_is_the_date_as_written(value: str) -> None:
    assert parsers.day(value) == date(2026, 1, 31)


@pytest.mark.parametrize("value", [None, "", " "])
def test_no_date_and_no_time_are_null(value: str | None) -> None:
    assert parsers.day(value) is None
    assert parsers.instant(value) is None


@pytest.mark.parametrize("value", ["2026-02-30", "31.01.2026", "soon", 20260131.5, True, []])
def test_what_is_no_date_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        parsers.day(value)


@pytest.mark.parametrize(
    "value",
    [
        "2026-01-31T10:00:00Z",
        "2026-01-31T10:00:00+00:00",
        "2026-01-31T12:00:00.000+02:00",
        "2026-01-31T10:00:00",
        "2026-01-31 02:00:00-08:00",
    ],
)
def test_a_time_is_the_moment_in_utc(value: str) -> None:
    moment = parsers.instant(value)
    assert moment == datetime(2026, 1, 31, 10, tzinfo=UTC)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    "value", ["2026-02-30T10:00:00Z", "0001-13-01T00:00:00+14:00", "yesterday", 0, True, {}]
)
def test_what_is_no_time_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        parsers.instant(value)


@pytest.mark.parametrize(
    ("value", "nearest"),
    [
        ("9999-12-31T23:59:59Z", parsers.LATEST),
        ("9999-12-31T23:59:59.999-12:00", parsers.LATEST),
        ("0001-01-01T00:00:00", parsers.EARLIEST),
        ("0001-01-01T00:00:00+14:00", parsers.EARLIEST),
        ("4712-12-31T00:00:00Z", datetime(4712, 12, 31, tzinfo=UTC)),
    ],
)
def test_a_time_at_an_end_of_the_calendar_is_one_that_every_zone_can_show(
    value: str, nearest: datetime
) -> None:
    assert parsers.instant(value) == nearest
    for hours in (-12, 14):
        assert nearest.astimezone(timezone(timedelta(hours=hours)))


# --- anything -----------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, True, 5, "text", Decimal("2.5"), 300_000_000_000_107])
def test_a_further_attribute_is_kept_as_it_is(value: Any) -> None:
    assert parsers.anything(value) == value


@pytest.mark.parametrize("value", [[], {}, "a\0b", "\ud800", Decimal("NaN")])
def test_a_further_attribute_that_cannot_be_kept_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"is not|contains"):
        parsers.anything(value)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal(2**53 - 1), float(2**53 - 1)),
        (Decimal(2**53), "9007199254740992"),
        (Decimal(-(2**53)), "-9007199254740992"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_a_further_number_no_float_can_hold_is_kept_as_text(value: Any, kept: Any) -> None:
    found = parsers.anything(value)
    assert (type(found), found) == (type(kept), kept)


# --- reasons ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parse", "value", "reason"),
    [
        (parsers.identifier, None, "is missing"),
        (parsers.identifier, True, "is not a whole number"),
        (parsers.identifier, "1" * 19, "is not a whole number of at most 18 digits"),
        (name, True, "is not a text"),
        (name, "a\0b", "contains a NUL character"),
        (name, "\udc80", "contains bytes that are no UTF-8"),
        (name, "\ud800", "contains half a character (a lone surrogate)"),
        (money, True, "is not a number"),
        (money, "1_000", "is not a number"),
        (money, "much", "is not a number"),
        (money, "NaN", "is not a finite number"),
        (money, 10**16, "is out of range: less than 10,000,000,000,000,000 is possible"),
        (parsers.day, "soon", "is not a date like 2026-01-31"),
        (parsers.instant, "soon", "is not a time like 2026-01-31T10:00:00+00:00"),
        (parsers.anything, [], "is not a single value"),
        *(
            (parse, Unreadable("1.2.3", "is no JSON"), "is no JSON")
            for parse in (
                *(parsers.identifier, name, money),
                *(parsers.day, parsers.instant, parsers.anything),
            )
        ),
    ],
)
def test_a_value_is_refused_with_a_reason_in_plain_words(
    parse: parsers.Parser, value: Any, reason: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        parse(value)


# --- parsed again, and stored -------------------------------------------------------------------

letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
# Letters and accents apart, too.
texts = st.text(letters | st.sampled_from("eaö\u0301\u0308"), max_size=60)
amounts = st.decimals(-(10**13), 10**13, places=4, allow_nan=False)
instants = st.datetimes(
    parsers.EARLIEST.replace(tzinfo=None),
    parsers.LATEST.replace(tzinfo=None),
    timezones=st.just(UTC),
)


@plenty
@given(texts, amounts, instants)
def test_what_is_parsed_stays_the_same_when_parsed_again(
    words: str, amount: Decimal, moment: datetime
) -> None:
    assert name(name(words)) == name(words)
    assert money(str(money(amount))) == money(amount)
    assert parsers.instant(moment.isoformat()) == moment


@few
@given(st.lists(texts.map(name), min_size=5, max_size=40))
@pytest.mark.django_db
def test_text_comes_back_from_the_database_as_it_was_parsed(words: list[str | None]) -> None:
    assert stored("customer", words) == words


@few
@given(st.lists(amounts.map(money), min_size=5, max_size=40))
@pytest.mark.django_db
def test_money_comes_back_from_the_database_as_it_was_parsed(amounts: list[Decimal]) -> None:
    assert stored("deal_value", amounts) == amounts


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite keeps 15 digits; the mapping refuses more there"
)
@pytest.mark.parametrize("amount", ["9999999999999999.99", "-12345678901234.56"])
@pytest.mark.django_db
def test_money_of_every_digit_comes_back_as_it_was_parsed(amount: str) -> None:
    assert stored("deal_value", [money(amount)]) == [Decimal(amount)]


@few
@given(st.lists(instants, min_size=5, max_size=40))
@pytest.mark.django_db
def test_a_time_comes_back_from_the_database_as_it_was_parsed(moments: list[datetime]) -> None:
    parsed = [parsers.instant(moment.isoformat()) for moment in moments]
    assert stored("crm_updated_at", parsed) == moments


@few
@given(st.lists(st.floats(-(10**15), 10**15) | texts | st.booleans() | st.integers(), min_size=5))
@pytest.mark.django_db
def test_a_further_attribute_comes_back_from_the_database_as_it_was_parsed(
    values: list[Any],
) -> None:
    sent = json.loads(json.dumps(values), parse_float=Decimal)
    parsed = [{"Own_c": parsers.anything(value)} for value in sent]
    assert stored("extra", parsed) == parsed


@pytest.mark.django_db
def test_a_huge_further_number_comes_back_as_it_was_parsed() -> None:
    parsed = {"Own_c": parsers.anything(Decimal("1e23"))}
    assert stored("extra", [parsed]) == [parsed]


def stored(column: str, values: list[Any]) -> list[Any]:
    """The values as the database gives them back."""
    rows = [OpportunityFactory.build(remote_id=str(next(ids)), **{column: v}) for v in values]
    keys = [row.remote_id for row in Opportunity.objects.bulk_create(rows)]
    back = dict(Opportunity.objects.filter(remote_id__in=keys).values_list("remote_id", column))
    return [back[key] for key in keys]


# --- remembering --------------------------------------------------------------------------------


def test_a_remembered_value_is_parsed_once() -> None:
    parsed = []
    parse = parsers.remembered(parsed.append)
    for _ in range(2):
        parse("04 - Presentation")
    assert parsed == ["04 - Presentation"]


def test_equal_values_of_different_types_are_not_taken_for_one_another() -> None:
    kind = parsers.remembered(type)
    assert [kind(each) for each in (1, True, 1.0, Decimal(1))] == [int, bool, float, Decimal]
    parse = parsers.remembered(parsers.text(10))
    assert parse(1) == "1"
    with pytest.raises(ValueError, match="not a text"):
        parse(True)
    with pytest.raises(ValueError, match="not a text"):
        parse(1.0)


def test_a_value_that_cannot_be_looked_up_is_refused_like_any_other() -> None:
    with pytest.raises(ValueError, match="not a text"):
        parsers.remembered(parsers.text(10))(["a", "list"])


def test_a_refused_value_is_refused_again() -> None:
    parse = parsers.remembered(parsers.text(2))
    for _ in range(2):
        with pytest.raises(ValueError, match="3 characters"):
            parse("abc")
