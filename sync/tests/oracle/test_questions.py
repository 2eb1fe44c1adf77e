import time
from typing import Any

import pytest
import responses

from sync.oracle.errors import OracleProtocolError, OracleQueryRefused
from sync.oracle.fields.attributes import Attribute, Attributes
from sync.oracle.reading.client import OracleClient
from sync.oracle.reading.questions import Question, Whereabouts, asked_by_number, shown_by_id
from sync.oracle.transport.config import OracleConfig
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import ALL, LOGIN, OracleSimulator

ATTRIBUTES = [Attribute(name) for name in ("OptyId", "OptyNumber", "Name", "LastUpdateDate")]


def client_of(url: str, **config: Any) -> OracleClient:
    login = dict(zip(("username", "password"), LOGIN, strict=True))
    usual = {"base_url": url, **login, "finder": ALL, "backoff_s": 0, "max_attempts": 1}
    return OracleClient(OracleConfig(**{**usual, **config}), Attributes(ATTRIBUTES))


def shown(client: OracleClient, *ids: int, most: int | None = None) -> list[int]:
    answers = shown_by_id(client, [*map(str, ids)], most)
    return [item["OptyId"] for _, items in answers for item in items]


def test_many_ids_are_asked_for_in_one_request(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=n) for n in (1, 2, 3)])
    oracle.forget_requests()
    assert shown(client_of(oracle.url), 1, 3, 9) == [1, 3]
    (request,) = oracle.requests()
    assert request["params"]["q"] == "OptyId in (1,3,9)"


def test_a_tenant_without_batches_is_asked_one_by_one(oracle: OracleSimulator) -> None:
    oracle.tenant("plain-q")
    oracle.serve([oracle_item(OptyId=n) for n in (1, 2, 3)])
    assert shown(client_of(oracle.url), 1, 2, 3) == [1, 2, 3]
    assert shown(client_of(oracle.url), 1, 2, 3, most=2) == [1]


def test_a_tenant_that_takes_no_id_at_all_is_an_error(oracle: OracleSimulator) -> None:
    oracle.tenant("unqueryable:attributes=OptyId")
    with pytest.raises(OracleQueryRefused):
        shown(client_of(oracle.url), 1, 2)


@responses.activate
def test_what_was_not_asked_for_is_no_answer() -> None:
    address = "https://crm.example.com/crmRestApi/resources/11.13.18.05/opportunities"
    responses.get(address, json={"items": [{"OptyId": 5}], "hasMore": False})
    with pytest.raises(OracleProtocolError):
        shown(client_of("https://crm.example.com"), 1, 2)


def test_a_record_is_shown_hidden_or_gone_by_its_number(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=n) for n in (1, 2, 4)])
    oracle.edit({"OptyId": 4, "OptyNumber": "N-3"})
    oracle.hide(2)
    questions = [Question(str(n), f"N-{n}") for n in (1, 2, 3, 5)]
    found = {
        answer.question.remote_id: (answer.whereabouts, (answer.item or {}).get("OptyId"))
        for answer in asked_by_number(client_of(oracle.url), questions)
    }
    assert found == {
        "1": (Whereabouts.SHOWN, 1),
        "2": (Whereabouts.HIDDEN, None),
        "3": (Whereabouts.GONE, 4),
        "5": (Whereabouts.GONE, None),
    }


def test_numbers_are_asked_for_side_by_side(oracle: OracleSimulator) -> None:
    oracle.latency(ms=200)
    questions = [Question(str(n), f"N-{n}") for n in range(20)]
    began = time.monotonic()
    assert len([*asked_by_number(client_of(oracle.url, paging="offset"), questions)]) == 20
    assert time.monotonic() - began < 20 * 0.2


def test_no_record_of_many_is_waited_for_long(oracle: OracleSimulator) -> None:
    oracle.forget_requests()
    oracle.faults("error-503:on=one,times=0")
    client = client_of(oracle.url, max_attempts=20, concurrency=1)
    (answer,) = asked_by_number(client, [Question("1", "N-1")])
    assert answer.whereabouts is Whereabouts.UNREACHED
    assert len(oracle.requests()) == 3
