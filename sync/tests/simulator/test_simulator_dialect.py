from collections.abc import Iterable
from typing import Any

import pytest
import requests

from sync.tests.builders import oracle_item
from sync.tests.simulator_process import ALL, LOGIN, OracleSimulator


def names(items: Iterable[dict[str, Any]]) -> list[str]:
    return [item["Name"] for item in items]


def detail_of(response: Any) -> str:
    return str(response.json()["o:errorDetails"][0]["detail"])


@pytest.mark.parametrize("version", ["11.13.18.05", "latest"])
def test_both_versions_serve(oracle: OracleSimulator, version: str) -> None:
    assert oracle.ask(version=version).status_code == 200


def test_another_version_is_not_found(oracle: OracleSimulator) -> None:
    assert oracle.ask(version="11.13.99").status_code == 404


@pytest.mark.parametrize("login", [None, ("simulator", "wrong"), ("wrong", "simulator")])
def test_a_wrong_login_gets_401_with_an_empty_body(
    oracle: OracleSimulator, login: tuple[str, str] | None
) -> None:
    response = oracle.ask(login=login)
    assert (response.status_code, response.content) == (401, b"")
    assert response.headers["WWW-Authenticate"].startswith("Basic")
    assert "Date" in response.headers


def test_a_page_has_the_envelope_of_oracle(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item() for _ in range(3)])
    page = oracle.ask(limit=2, offset=1).json()
    assert len(page.pop("items")) == 2
    assert page == {"count": 2, "hasMore": False, "limit": 2, "offset": 1}


def test_an_item_comes_as_it_was_served(oracle: OracleSimulator) -> None:
    item = oracle_item(Name="東京 🚀 \0", Description="", Revenue=None)
    oracle.serve([item])
    assert oracle.items() == [item]


def test_fields_choose_the_attributes(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=7, Name="Seven")])
    assert oracle.items(fields="OptyId,Name") == [{"OptyId": 7, "Name": "Seven"}]


def test_an_unknown_field_is_refused_by_name(oracle: OracleSimulator) -> None:
    response = oracle.ask(fields="OptyId,Nonsense_c")
    assert response.status_code == 400
    assert "Nonsense_c" in detail_of(response)


def test_an_attribute_of_the_data_is_known(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=1, Own_c=None), oracle_item(OptyId=2, Own_c=5)])
    assert oracle.items(fields="Own_c", q="Own_c >= 5") == [{"Own_c": 5}]


def test_a_page_has_25_rows_unless_asked(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item() for _ in range(30)])
    page = oracle.ask().json()
    assert (page["count"], page["limit"], page["hasMore"]) == (25, 25, True)


def test_a_page_has_500_rows_at_most(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item() for _ in range(501)])
    page = oracle.ask(limit=1000).json()
    assert (page["count"], page["limit"], page["hasMore"]) == (500, 500, True)


def test_a_page_past_the_end_is_empty(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item()])
    page = oracle.ask(offset=9).json()
    assert (page["items"], page["count"], page["hasMore"]) == ([], 0, False)


@pytest.mark.parametrize(
    "params",
    [{"limit": "0"}, {"limit": "x"}, {"offset": "-1"}, {"totalResults": "1"}],
)
def test_a_parameter_of_another_form_is_refused(
    oracle: OracleSimulator, params: dict[str, str]
) -> None:
    response = oracle.ask(**params)
    assert response.status_code == 400
    assert next(iter(params)) in detail_of(response)


def test_the_total_comes_on_request_only(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item() for _ in range(3)])
    assert "totalResults" not in oracle.ask(limit=1).json()
    assert oracle.ask(limit=1, totalResults="true").json()["totalResults"] == 3


def test_without_an_order_rows_come_in_a_steady_one_of_their_own(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item() for _ in range(100)])
    ids = [item["OptyId"] for item in oracle.items(orderBy=None, limit=100)]
    assert ids != sorted(ids)
    assert ids == [item["OptyId"] for item in oracle.items(orderBy=None, limit=100)]


@pytest.mark.parametrize(("direction", "expected"), [("asc", [1, 2, 3]), ("desc", [3, 2, 1])])
def test_rows_can_be_ordered_by_id(
    oracle: OracleSimulator, direction: str, expected: list[int]
) -> None:
    oracle.serve([oracle_item(OptyId=each) for each in (2, 3, 1)])
    assert oracle.ids(orderBy=f"OptyId:{direction}") == expected


@pytest.mark.parametrize("order", ["Nonsense", "OptyId:up"])
def test_an_unknown_order_is_refused(oracle: OracleSimulator, order: str) -> None:
    assert oracle.ask(orderBy=order).status_code == 400


@pytest.mark.parametrize(
    "finder", [None, "MyOpportunitiesFinder", "MyOpportunitiesFinder;RecordSet='MYOPTIES'"]
)
def test_without_all_a_reader_sees_a_few_open_rows_of_their_own(
    oracle: OracleSimulator, finder: str | None
) -> None:
    oracle.serve([oracle_item(StatusCode=code) for code in ("OPEN", "WON") for _ in range(350)])
    items = oracle.items(finder=finder, limit=500)
    assert 1 <= len(items) <= 15
    assert {item["StatusCode"] for item in items} == {"OPEN"}


def test_a_reader_owns_at_least_one_open_row(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(StatusCode="WON"), oracle_item(Name="mine")])
    assert names(oracle.items(finder=None)) == ["mine"]


@pytest.mark.parametrize("value", ["'ALLOPTIES'", "ALLOPTIES"])
def test_all_shows_all(oracle: OracleSimulator, value: str) -> None:
    oracle.serve([oracle_item(StatusCode=code) for code in ("OPEN", "WON", "LOST", None)])
    assert len(oracle.items(finder=f"MyOpportunitiesFinder;RecordSet={value}")) == 4


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ("OptyStatusCode='WON'", ["b"]),
        ("EffectiveBeginDate=2026-06-01", ["b", "c"]),
        ("EffectiveEndDate='2026-06-01',EffectiveBeginDate='2026-06-01'", ["b"]),
        ("Name='c'", ["c"]),
    ],
)
def test_the_finder_narrows_by_its_variables(
    oracle: OracleSimulator, variable: str, expected: list[str]
) -> None:
    oracle.serve(
        [
            oracle_item(Name="a", EffectiveDate="2026-01-01"),
            oracle_item(Name="b", EffectiveDate="2026-06-01", StatusCode="WON"),
            oracle_item(Name="c", EffectiveDate="2026-12-01"),
        ]
    )
    assert names(oracle.items(finder=f"{ALL},{variable}")) == expected


@pytest.mark.parametrize(
    "finder",
    [
        "OtherFinder;RecordSet='ALLOPTIES'",
        "MyOpportunitiesFinder;RecordSet='NONSENSE'",
        "MyOpportunitiesFinder;Nonsense='1'",
        "MyOpportunitiesFinder;EffectiveBeginDate='soon'",
        "MyOpportunitiesFinder;RecordSet",
    ],
)
def test_an_unknown_finder_or_variable_is_refused(oracle: OracleSimulator, finder: str) -> None:
    response = oracle.ask(finder=finder)
    assert response.status_code == 400
    assert "inder" in detail_of(response)


def test_one_record_is_found_by_its_encoded_number(oracle: OracleSimulator) -> None:
    item = oracle_item(OptyNumber="DE/Q1 Größe#7")
    oracle.serve([item, oracle_item()])
    assert oracle.ask("DE/Q1 Größe#7").json() == item
    assert oracle.ask("DE/Q1 Größe#7", fields="Name").json() == {"Name": item["Name"]}


def test_an_unknown_number_is_not_found(oracle: OracleSimulator) -> None:
    assert oracle.ask("none").status_code == 404


def test_a_hidden_row_is_in_no_list_and_forbidden_by_number(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=1), oracle_item(OptyId=2, OptyNumber="two")])
    oracle.hide(2)
    assert [item["OptyId"] for item in oracle.items()] == [1]
    assert oracle.ask("two").status_code == 403


def test_describe_lists_the_attributes(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(Own_c="2026-01-31")])
    resource = oracle.ask("describe").json()["Resources"]["opportunities"]
    attributes = {each["name"]: each for each in resource["attributes"]}
    assert attributes["OptyId"] == {"name": "OptyId", "type": "integer", "queryable": True}
    assert attributes["Description"]["queryable"] is False
    assert attributes["Own_c"]["type"] == "date"


def test_the_error_body_is_that_of_oracle(oracle: OracleSimulator) -> None:
    body = oracle.ask(fields="Nonsense", framework=None).json()
    detail = "The attribute Nonsense in the parameter fields is not known."
    assert body == {
        "title": "Bad Request",
        "status": "400",
        "o:errorDetails": [{"code": "29140", "detail": detail}],
    }


def test_an_unknown_framework_version_is_refused(oracle: OracleSimulator) -> None:
    assert oracle.ask(framework=10).status_code == 400


def test_a_reader_that_takes_no_json_gets_406_with_an_empty_body(oracle: OracleSimulator) -> None:
    response = oracle.ask(accept="text/html")
    assert (response.status_code, response.content) == (406, b"")


def test_only_reading_is_allowed(oracle: OracleSimulator) -> None:
    address = f"{oracle.url}/crmRestApi/resources/latest/opportunities"
    response = requests.post(address, json={}, auth=LOGIN)
    assert response.status_code == 405
