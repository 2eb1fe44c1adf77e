import time
from decimal import Decimal

import pytest
import requests

from sync.simulator import exact_json
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import ALL, LOGIN, OracleSimulator


@pytest.mark.parametrize(
    "literal",
    ["12.30", "0.1", "12345678901234567.89", "900719925474099312345", "NaN", "0", "-5", "7.0"],
)
def test_a_number_leaves_as_it_came(oracle: OracleSimulator, literal: str) -> None:
    oracle.serve([oracle_item(Revenue=Decimal(literal))])
    assert f'"Revenue":{literal},'.encode() in oracle.ask().content


def test_an_edit_is_laid_over_the_row(oracle: OracleSimulator) -> None:
    item = oracle_item(OptyId=1)
    oracle.serve([item])
    oracle.edit({"OptyId": 1, "Revenue": None, "OptyNumber": "new"})
    assert oracle.items() == [{**item, "Revenue": None, "OptyNumber": "new"}]
    assert oracle.ask("new").status_code == 200
    assert oracle.ask("N-1").status_code == 404


def test_an_edit_of_an_unknown_row_adds_it(oracle: OracleSimulator) -> None:
    oracle.edit(oracle_item(OptyId=2), oracle_item(OptyId=1))
    assert [row["OptyId"] for row in oracle.rows()] == [1, 2]


def test_a_removed_row_is_gone(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=1)])
    assert len(oracle.items()) == 1
    oracle.remove(1)
    assert oracle.items() == []
    assert oracle.ask("N-1").status_code == 404
    with pytest.raises(AssertionError, match="404"):
        oracle.remove(1)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("[{}]", "a row needs an OptyId that is a whole number"),
        ("[5]", "a row must be a JSON object"),
        ('[{"OptyId":1},{"OptyId":"x"}]', "OptyId 'x' is not a whole number"),
        ('[{"OptyId":1', "PUT /_simulator/rows: Expecting"),
    ],
)
def test_rows_that_are_none_are_refused_and_change_nothing(
    oracle: OracleSimulator, body: str, sentence: str
) -> None:
    oracle.serve([oracle_item(OptyId=5)])
    response = requests.put(f"{oracle.url}/_simulator/rows", data=body)
    assert response.status_code == 400
    assert sentence in response.text
    assert len(oracle.rows()) == 1


def test_an_edit_with_a_bad_row_changes_nothing(oracle: OracleSimulator) -> None:
    with pytest.raises(AssertionError, match="a row needs an OptyId"):
        oracle.edit(oracle_item(), {"Name": "x"})
    assert oracle.rows() == []


def test_an_unknown_control_is_answered_with_the_known_ones(oracle: OracleSimulator) -> None:
    response = requests.get(f"{oracle.url}/_simulator/nonsense")
    assert response.status_code == 404
    assert "PUT /_simulator/rows" in response.text


def test_the_clock_stands_where_it_is_put(oracle: OracleSimulator) -> None:
    oracle.clock("2026-01-31T10:00:00Z")
    assert oracle.ask().headers["Date"] == "Sat, 31 Jan 2026 10:00:00 GMT"
    oracle.clock(None)
    assert oracle.ask().headers["Date"] != "Sat, 31 Jan 2026 10:00:00 GMT"


def test_latency_delays_each_answer(oracle: OracleSimulator) -> None:
    oracle.latency(60)
    began = time.monotonic()
    oracle.ask()
    assert time.monotonic() - began > 0.06


def test_requests_are_noted_without_the_password(oracle: OracleSimulator) -> None:
    oracle.ask("A/1", fields="Name")
    oracle.ask(login=("simulator", "s3cret"))
    known, refused = oracle.requests()
    assert known["method"] == "GET"
    assert known["path"].endswith("/opportunities/A%2F1")
    assert known["params"] == {"onlyData": "true", "fields": "Name"}
    assert known["headers"]["rest-framework-version"] == "2"
    assert (known["authorized"], known["user"], known["status"]) == (True, "simulator", 404)
    assert (refused["authorized"], refused["user"], refused["status"]) == (False, "simulator", 401)
    assert "Authorization" not in known["headers"]
    assert "s3cret" not in str([known, refused])


def test_a_dropped_request_is_noted_without_a_status(oracle: OracleSimulator) -> None:
    oracle.faults("exception")
    with pytest.raises(requests.ConnectionError):
        oracle.ask()
    assert oracle.requests()[-1]["status"] is None


def test_requests_can_be_forgotten(oracle: OracleSimulator) -> None:
    oracle.ask()
    oracle.forget_requests()
    assert oracle.requests() == []


def test_a_reset_leaves_nothing_but_the_rows(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=1)])
    oracle.hide(1)
    oracle.faults("error-500")
    oracle.latency(5000)
    oracle.clock("2026-01-31T10:00:00Z")
    oracle.reset()
    assert oracle.requests() == []
    response = oracle.ask(timeout_s=2)
    assert response.json()["count"] == 1
    assert "31 Jan" not in response.headers["Date"]


def test_a_restart_keeps_address_and_rows() -> None:
    with OracleSimulator() as oracle:
        oracle.serve([oracle_item(OptyId=1)])
        oracle.faults("error-500")
        url = oracle.url
        oracle.restart()
        assert oracle.url == url
        assert [item["OptyId"] for item in oracle.items()] == [1]


def test_while_stopped_nothing_listens() -> None:
    with OracleSimulator() as oracle:
        oracle.stop()
        with pytest.raises(requests.ConnectionError):
            requests.get(oracle.url, timeout=1)
        oracle.restart()
        assert oracle.items() == []


def test_one_connection_serves_many_requests_and_packs_them(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item() for _ in range(50)])
    with requests.Session() as session:
        session.auth = LOGIN
        address = f"{oracle.url}/crmRestApi/resources/latest/opportunities"
        params = {"finder": ALL}
        packed = [session.get(address, params=params) for _ in range(3)]
        plain = session.get(address, params=params, headers={"Accept-Encoding": "identity"})
        assert {answer.headers.get("Content-Encoding") for answer in packed} == {"gzip"}
        assert "Content-Encoding" not in plain.headers
        assert plain.content == packed[0].content
        assert exact_json.decode(plain.content)["count"] == 25
        pools = session.get_adapter(address).poolmanager.pools
        assert [pools[key].num_connections for key in pools.keys()]  # noqa: SIM118 - it is no dict == [1]
