import pytest

from sync.discovery.likely_names import likely_name
from sync.oracle.findings import DATE, NUMBER, TEXT, SeenAttribute


def seen(*attributes: SeenAttribute) -> dict[str, SeenAttribute]:
    return {each.name: each for each in attributes}


def text(name: str, filled: float | None = 0.9) -> SeenAttribute:
    return SeenAttribute(name, TEXT, filled=filled)


@pytest.mark.parametrize(
    ("usual", "column", "name", "kind"),
    [
        ("PartyName1", "sales_owner", "OwnerText_c", TEXT),
        ("PartyName1", "sales_owner", "AccountManager_c", TEXT),
        ("Practice_c", "practice", "Practice_Line_c", TEXT),
        ("Geo_c", "geo", "GEO_c", TEXT),
        ("Geo_c", "geo", "SalesRegion_c", TEXT),
        ("Sector_c", "sector", "IndustrySegment_c", TEXT),
        ("Name", "name", "OpptyName_c", TEXT),
        ("WinProb", "win_probability", "WinProbability_c", NUMBER),
        ("EffectiveDate", "close_date", "ExpectedCloseDate_c", DATE),
        ("TargetPartyName", "customer", "TargetPartyName1", TEXT),
    ],
)
def test_a_name_that_says_what_it_is_is_found(
    usual: str, column: str, name: str, kind: str
) -> None:
    attributes = seen(SeenAttribute(name, kind, filled=0.5), text("Colour_c"), text("Remark_c"))
    found = likely_name(usual, column, attributes, taken=[])
    assert found
    assert found.name == name


@pytest.mark.parametrize(
    "other",
    [
        SeenAttribute("OwnerSince_c", DATE, filled=1),
        text("OwnerId_c"),
        text("OwnerText_c", filled=0),
        text("OwnerPartyNumber"),
        text("Colour_c"),
    ],
    ids=lambda each: each.name,
)
def test_another_kind_a_key_an_empty_one_and_a_strange_name_are_not_likely(
    other: SeenAttribute,
) -> None:
    assert likely_name("PartyName1", "sales_owner", seen(other), taken=[]) is None


def test_of_two_the_better_word_wins_and_then_the_fuller_one() -> None:
    attributes = seen(text("SalesRep_c", 1), text("OwnerA_c", 0.2), text("OwnerB_c", 0.7))
    found = likely_name("PartyName1", "sales_owner", attributes, taken=[])
    assert found
    assert found.name == "OwnerB_c"


def test_what_is_read_as_something_else_is_not_taken_twice() -> None:
    attributes = seen(text("OwnerText_c"))
    assert likely_name("PartyName1", "sales_owner", attributes, taken=["OwnerText_c"]) is None
