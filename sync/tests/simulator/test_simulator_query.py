import pytest

from sync.tests.builders import oracle_item
from sync.tests.simulator_process import ALL, OracleSimulator

ROWS = [
    oracle_item(OptyId=1, Name="O'Neill", Revenue=9, LastUpdateDate="2026-01-01T00:00:00+00:00"),
    oracle_item(OptyId=2, Name="two", Revenue=10.5, LastUpdateDate="2026-01-01T00:00:00.5Z"),
    oracle_item(OptyId=3, Name="three", Revenue=None, LastUpdateDate="2026-01-01T02:00:00+01:00"),
    oracle_item(OptyId=4, Name="four", Revenue=100, StatusCode="WON", EffectiveDate="2026-02-01"),
]

BOTH = [
    ("OptyId>2", [3, 4]),
    ("OptyId>=2", [2, 3, 4]),
    ("OptyId<2", [1]),
    ("OptyId <= 2", [1, 2]),
    ("OptyId=3", [3]),
    ("OptyId!=3", [1, 2, 4]),
    ("OptyId <> 3", [1, 2, 4]),
    ("OptyId>99", []),
    ("Revenue>9.5", [2, 4]),
    ("Revenue<>9", [2, 4]),
    ("EffectiveDate=2026-02-01", [4]),
    ("LastUpdateDate>2026-01-01T00:00:00Z", [2, 3, 4]),
    ("LastUpdateDate>=2026-01-01T01:00:00+00:00", [3, 4]),
    ("LastUpdateDate=2026-01-01T00:00:00.500Z", [2]),
    ("LastUpdateDate<2026-01-01T01:00:00+01:00", []),
]
VERSION_2 = [
    ("OptyId >= 2 and OptyId < 4", [2, 3]),
    ("OptyId >= '2' AND Revenue > '1'", [2, 4]),
    ("StatusCode = 'WON' and OptyId > 1", [4]),
    ("Name = 'O''Neill'", [1]),
    ("OptyId in (4, 2,99)", [2, 4]),
    ("OptyId IN (4,2) and Revenue in ('100')", [4]),
    ("StatusCode in ('WON','LO,ST')", [4]),
    ("LastUpdateDate>='2026-01-01T00:00:00Z' and LastUpdateDate<='2026-01-01T00:00:01Z'", [1, 2]),
]


def ids(oracle: OracleSimulator, q: str, framework: int | None) -> list[int]:
    oracle.serve(ROWS)
    return [item["OptyId"] for item in oracle.items(q=q, framework=framework)]


@pytest.mark.parametrize(("q", "expected"), BOTH + VERSION_2)
def test_version_2_reads_its_grammar(oracle: OracleSimulator, q: str, expected: list[int]) -> None:
    assert ids(oracle, q, framework=2) == expected


@pytest.mark.parametrize(
    ("framework", "q"),
    [
        *((1, q) for q, _ in BOTH + VERSION_2),
        (2, "OptyId"),
        (2, "OptyId>"),
        (2, "OptyId>=2 and <4"),
        (2, "StatusCode=WON; OptyId>1"),
        (2, "Name=two"),
        (2, "OptyId>1 and"),
        # Oracle would read these two, and BQS asks neither.
        (2, "OptyId=1 or OptyId=4"),
        (2, "(OptyId>1)"),
        (2, "OptyId>1)"),
        (2, "OptyId>1 android"),
        (2, "OptyId in 5"),
        (2, "OptyId in ()"),
        (2, "OptyId in (5"),
        (2, "Name in (two)"),
        (2, "OptyId>1 OptyId=1"),
        (9, "OptyId>=2;OptyId<4"),
    ],
)
def test_what_is_not_in_the_grammar_of_the_version_is_refused(
    oracle: OracleSimulator, framework: int, q: str
) -> None:
    assert oracle.ask(q=q, framework=framework).status_code == 400


@pytest.mark.parametrize(
    "q",
    [
        "Nonsense_c=5",
        "Description=5",
        "OptyId>many",
        "EffectiveDate>soon",
        "EffectiveDate>2026-01-01T00:00:00Z",
        "LastUpdateDate>2026-01-01T00:00:00",
        # What becomes of a + that is not encoded.
        "LastUpdateDate>2026-01-01T00:00:00 00:00",
    ],
)
def test_what_cannot_be_compared_is_refused_by_name(oracle: OracleSimulator, q: str) -> None:
    response = oracle.ask(q=q)
    assert response.status_code == 400
    assert q[:5] in response.text


def test_q_and_finder_narrow_together(oracle: OracleSimulator) -> None:
    oracle.serve(ROWS)
    finder = f"{ALL},OptyStatusCode='OPEN'"
    assert [item["OptyId"] for item in oracle.items(finder=finder, q="OptyId > 1")] == [2, 3]


def test_an_edit_is_found_by_its_new_date_at_once(oracle: OracleSimulator) -> None:
    since = "LastUpdateDate >= '2026-11-02T00:00:00Z'"
    assert ids(oracle, since, framework=2) == []
    oracle.edit({"OptyId": 2, "LastUpdateDate": "2026-11-02T00:00:00+00:00"})
    assert [item["OptyId"] for item in oracle.items(q=since)] == [2]
    assert len(oracle.items(q="LastUpdateDate >= '2025-01-01T00:00:00Z'")) == len(ROWS)
