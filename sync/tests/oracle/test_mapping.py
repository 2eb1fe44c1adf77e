import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from opportunities.models import Opportunity
from sync.oracle.errors import OracleConfigError, RecordError
from sync.oracle.fields.mapping import CrmOpportunity, FieldMapping
from sync.oracle.fields.renames import read_renames
from sync.oracle.transport.salvage import BrokenRecord
from sync.tests.builders import oracle_item, own_names


def own_mapping() -> FieldMapping:
    own = own_names("Practice_c", "Geo_c", "Sector_c")
    return FieldMapping(own, ["DealType_c", "BidDueDate_c"])


def parsed(**overrides: Any) -> CrmOpportunity:
    return own_mapping().parse(oracle_item(**overrides))


def names(mapping: FieldMapping) -> list[str]:
    return [each.name for each in mapping.wanted]


def refusal(item: Any) -> RecordError:
    with pytest.raises(RecordError) as caught:
        own_mapping().parse(item)
    return caught.value


def test_every_attribute_fills_its_column() -> None:
    record = parsed(OptyId=300_000_000_000_107)
    assert record.remote_id == "300000000000107"
    assert record.extra == {"DealType_c": "New business", "BidDueDate_c": None}
    assert record.values == {
        "opty_number": "N-300000000000107",
        "name": "SAP S/4HANA migration – Stadtwerke Nürnberg",
        "customer": "Stadtwerke Nürnberg",
        "practice": "SAP",
        "geo": "EMEA",
        "sector": "Utilities",
        "deal_value": Decimal("250000.00"),
        "currency": "EUR",
        "win_probability": Decimal("50.00"),
        "stage": "04 - Presentation",
        "crm_status": "OPEN",
        "sales_owner": "Anna Müller",
        "close_date": date(2026, 12, 15),
        "crm_created_at": datetime(2026, 9, 1, 8, tzinfo=UTC),
        "crm_updated_at": datetime(2026, 10, 1, 12, tzinfo=UTC),
    }


def test_the_item_is_kept_as_oracle_sent_it() -> None:
    assert own_mapping().parse(item := oracle_item()).item is item


def test_no_crm_column_is_left_without_an_attribute() -> None:
    assert {*parsed().values, "extra"} == set(Opportunity.CRM_FIELDS)


def test_it_asks_for_what_it_maps_and_for_nothing_else() -> None:
    assert names(FieldMapping(own_names("Bereich_c", "", "Branche_c"), ["DealType_c"])) == [
        "OptyId",
        "OptyNumber",
        "Name",
        "TargetPartyName",
        "Revenue",
        "CurrencyCode",
        "Bereich_c",
        "Branche_c",
        "SalesStage",
        "WinProb",
        "EffectiveDate",
        "PartyName1",
        "LastUpdateDate",
        "OptyLastUpdateDate",
        "StatusCode",
        "CreationDate",
        "OptyCreationDate",
        "DealType_c",
    ]


def test_a_tenant_that_names_nothing_of_its_own_is_asked_for_what_most_have() -> None:
    wanted = FieldMapping(extra_fields=["DealType_c"]).wanted
    assert not {"practice", "geo", "sector"} & {each.column for each in wanted}
    assert [each.name for each in wanted if each.column == ""] == ["DealType_c"]


def test_a_further_attribute_that_is_mapped_already_is_not_asked_for_twice() -> None:
    attributes = names(
        FieldMapping(own_names("Practice_c", "", "Sector_c"), ["Name", "OptyId", "Sector_c"])
    )
    assert len(attributes) == len(set(attributes))


def test_it_knows_which_setting_names_an_attribute() -> None:
    mapping = FieldMapping(
        own_names("Practice_c", "GEO_c", "Sector_c"), ["DealType_c"], {"Sector_c": "Branche_c"}
    )
    named = {each.name: each.setting for each in mapping.wanted if each.is_named}
    assert named == {
        "GEO_c": "ORACLE_GEO_FIELD",
        "Branche_c": "ORACLE_ATTRIBUTES",
        "DealType_c": "ORACLE_EXTRA_FIELDS",
    }


def test_any_attribute_can_have_another_name_or_not_be_read() -> None:
    mapping = FieldMapping(renamed={"PartyName1": "OwnerName_c", "WinProb": ""})
    values = mapping.parse(oracle_item(OwnerName_c="Ida Berg")).values
    assert values["sales_owner"] == "Ida Berg"
    assert "win_probability" not in values
    assert not {"PartyName1", "WinProb"} & {*names(mapping)}


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("", {}),
        (" PartyName1 = OwnerName_c , WinProb= ,", {"PartyName1": "OwnerName_c", "WinProb": ""}),
    ],
)
def test_renames_are_written_in_pairs(text: str, renamed: dict[str, str]) -> None:
    assert read_renames(text) == renamed


@pytest.mark.parametrize(
    "text", ["PartyName1", "PartyName1=a b", "=Own_c", "WinProb:Own_c", "WinProb=,WinProb=Own_c"]
)
def test_renames_that_cannot_be_read_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(OracleConfigError, match=r"ORACLE_ATTRIBUTES is .*PartyName1=OwnerName_c"):
        read_renames(text)


@pytest.mark.parametrize(
    ("renamed", "words"),
    [
        ({"OptyId": "Id_c"}, "ORACLE_ATTRIBUTES cannot rename OptyId"),
        ({"OptyId": ""}, "ORACLE_ATTRIBUTES cannot rename OptyId"),
        ({"OwnerName": "Own_c"}, "ORACLE_ATTRIBUTES names OwnerName, which nothing is read from"),
        ({"Name": ""}, "ORACLE_ATTRIBUTES leaves Name blank"),
        ({"LastUpdateDate": "", "OptyLastUpdateDate": ""}, "leaves LastUpdateDate blank"),
        ({"WinProb": "Revenue"}, "Revenue cannot be both the deal_value and the win_probability"),
        ({"PartyName1": "OptyId"}, "OptyId cannot be both the remote_id and the sales_owner"),
    ],
)
def test_renames_that_cannot_work_are_refused_with_the_reason(
    renamed: dict[str, str], words: str
) -> None:
    with pytest.raises(OracleConfigError, match=re.escape(words)):
        FieldMapping(renamed=renamed)


def test_one_attribute_for_two_columns_names_both_settings() -> None:
    with pytest.raises(OracleConfigError, match="ORACLE_GEO_FIELD or ORACLE_PRACTICE_FIELD"):
        FieldMapping(own_names("Geo_c", "Geo_c"))


@pytest.mark.parametrize(
    "renamed", [{"LastUpdateDate": "OptyLastUpdateDate"}, {"LastUpdateDate": ""}]
)
def test_the_other_update_date_can_be_the_only_one(renamed: dict[str, str]) -> None:
    values = FieldMapping(renamed=renamed).parse(dated("2026-10-02", "2026-10-01")).values
    assert values["crm_updated_at"] == datetime(2026, 10, 1, tzinfo=UTC)


def dated(updated: str | None, updated_as_opportunity: str | None) -> dict[str, Any]:
    return oracle_item(LastUpdateDate=updated, OptyLastUpdateDate=updated_as_opportunity)


@pytest.mark.parametrize(
    ("updated", "updated_as_opportunity"),
    [
        ("2026-10-02", "2026-10-01"),
        ("2026-10-01", "2026-10-02"),
        ("2026-10-02", None),
        (None, "2026-10-02"),
        ("2026-10-02T02:00:00+02:00", "2026-10-01T23:59:59Z"),
    ],
)
def test_the_later_of_two_update_dates_counts(
    updated: str | None, updated_as_opportunity: str | None
) -> None:
    values = own_mapping().parse(dated(updated, updated_as_opportunity)).values
    assert values["crm_updated_at"] == datetime(2026, 10, 2, tzinfo=UTC)


@pytest.mark.parametrize("absent", ["LastUpdateDate", "OptyLastUpdateDate"])
def test_either_update_date_may_come_alone(absent: str) -> None:
    item = dated("2026-10-02", "2026-10-02")
    del item[absent]
    assert own_mapping().parse(item).updated_at == datetime(2026, 10, 2, tzinfo=UTC)


def test_a_record_without_any_update_date_is_refused() -> None:
    assert str(refusal(dated(None, None))) == "OptyLastUpdateDate: is empty"


def test_the_date_of_creation_has_two_names_too() -> None:
    item = oracle_item(OptyCreationDate="2026-09-02")
    del item["CreationDate"]
    assert own_mapping().parse(item).values["crm_created_at"] == datetime(2026, 9, 2, tzinfo=UTC)


def test_null_is_a_value_and_absent_is_none() -> None:
    item = oracle_item(Revenue=None, DealType_c=None)
    del item["TargetPartyName"], item["BidDueDate_c"]
    record = own_mapping().parse(item)
    assert record.values["deal_value"] is None
    assert "customer" not in record.values
    assert record.extra == {"DealType_c": None}


def test_an_attribute_nobody_asked_for_is_left_alone() -> None:
    assert "BrandNew_c" not in parsed(BrandNew_c="new").extra


def test_a_tenant_without_practice_geo_and_sector_keeps_those_columns() -> None:
    record = FieldMapping().parse(oracle_item())
    assert not {"practice", "geo", "sector"} & record.values.keys()


def test_numbers_as_text_are_numbers() -> None:
    values = parsed(OptyId="300000000000107", Revenue="1250.5", WinProb="75").values
    assert (values["deal_value"], values["win_probability"]) == (Decimal("1250.50"), Decimal(75))


@pytest.mark.parametrize(
    ("attribute", "value", "reason"),
    [
        ("Name", "x" * 501, "has 501 characters, 500 are possible"),
        ("Name", ["not", "a", "text"], "is not a text"),
        ("Name", "before\0after", "contains a NUL character"),
        ("Name", None, "is empty"),
        ("Name", " ", "is empty"),
        ("TargetPartyName", "\ud800", "contains half a character (a lone surrogate)"),
        ("CurrencyCode", "E" * 16, "has 16 characters, 15 are possible"),
        ("Revenue", Decimal("1e30"), "is out of range: less than 10,000,000,000,000,000"),
        ("Revenue", Decimal("NaN"), "is not a finite number"),
        ("Revenue", "much", "is not a number"),
        ("WinProb", 1000, "is out of range: less than 1,000"),
        ("EffectiveDate", "2026-02-30", "is not a date like 2026-01-31"),
        ("LastUpdateDate", None, "is empty"),
        ("LastUpdateDate", "now", "is not a time like 2026-01-31T10:00:00+00:00"),
        ("DealType_c", {"a": 1}, "is not a single value"),
    ],
)
def test_a_value_that_cannot_be_taken_in_is_named_with_its_reason(
    attribute: str, value: Any, reason: str
) -> None:
    error = refusal(oracle_item(OptyId=7, **{attribute: value}))
    assert error.attribute == attribute
    assert error.reason.startswith(reason)
    assert error.remote_id == "7"


@pytest.mark.parametrize("value", [None, "x", 1.5, True, 10**18])
def test_a_record_without_a_usable_id_is_refused(value: Any) -> None:
    error = refusal({**oracle_item(), "OptyId": value})
    assert (error.attribute, error.remote_id) == ("OptyId", None)


@pytest.mark.parametrize("item", [None, "text", 5, ["list"]])
def test_what_is_no_record_is_refused(item: Any) -> None:
    error = refusal(item)
    assert (error.attribute, error.reason) == ("", "is not a record")


def test_a_record_of_which_the_name_of_an_attribute_is_broken_is_refused() -> None:
    error = refusal(BrokenRecord(oracle_item(OptyId=7)))
    reason = "has an attribute whose name cannot be read"
    assert (error.attribute, error.reason, error.remote_id) == ("", reason, "7")


def test_an_amount_keeps_four_decimals_and_a_chance_two() -> None:
    values = parsed(Revenue="1250.12345", WinProb="50.005").values
    assert [str(values[each]) for each in ("deal_value", "win_probability")] == [
        *("1250.1235", "50.01")
    ]


def test_a_reason_never_quotes_the_value() -> None:
    error = refusal(oracle_item(Revenue="confidential"))
    assert "confidential" not in str(error)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps every digit")
def test_money_of_more_digits_than_sqlite_keeps_is_refused_there() -> None:
    with pytest.raises(RecordError, match="Revenue: has more than the 15 digits"):
        FieldMapping().parse(oracle_item(Revenue="12345678901234.56"))
