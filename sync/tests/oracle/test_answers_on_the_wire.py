"""What Python's own HTTP takes for an answer, and what it would send back of it."""

import json
import time
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import pytest

from sync.oracle.errors import OracleUnavailable
from sync.oracle.fields.attributes import Attribute, Attributes
from sync.oracle.reading.client import OracleClient
from sync.oracle.transport.config import OracleConfig
from sync.tests.raw_server import RawServer, answer, raw_server

HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
PROCESSING = b"HTTP/1.1 102 Processing\r\n\r\n"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def client_of(server: RawServer, **more: Any) -> OracleClient:
    values = {"timeout_s": 0.5, "max_attempts": 2, "backoff_s": 0.001, "concurrency": 1, **more}
    asked_for = Attributes([Attribute("OptyId")])
    return OracleClient(OracleConfig(server.url, "sync", "secret", **values), asked_for)


def page(*ids: int, has_more: bool = False) -> bytes:
    return json.dumps({"items": [{"OptyId": each} for each in ids], "hasMore": has_more}).encode()


def ids(client: OracleClient) -> list[int]:
    return [item["OptyId"] for item in chain.from_iterable(client.pages(list))]


@pytest.mark.parametrize("interim", [HINTS, PROCESSING, PROCESSING * 3 + HINTS])
def test_what_is_said_before_an_answer_is_not_taken_for_it(interim: bytes) -> None:
    with raw_server(
        interim + answer(page(1, 2, has_more=True)),
        interim + answer(page(3)),
        interim + answer(page()),
    ) as server:
        client = client_of(server)
        assert ids(client) == [1, 2, 3]
    assert client.traffic.retries == 0


def test_nothing_but_an_interim_answer_is_tried_again() -> None:
    with raw_server(PROCESSING, answer(page(1)), answer(page())) as server:
        client = client_of(server)
        assert ids(client) == [1]
    assert client.traffic.retries == 1


def test_interim_answers_for_ever_end_with_the_deadline() -> None:
    with (
        raw_server(PROCESSING * 20_000, PROCESSING * 20_000) as server,
        pytest.raises(OracleUnavailable),
    ):
        ids(client_of(server))


@pytest.mark.parametrize(
    "cookie", ["node=3", "node=3; Path=/; HttpOnly", "node=3; Domain=127.0.0.1", "a=b; Max-Age=99"]
)
def test_no_cookie_is_ever_sent_back(cookie: str) -> None:
    with raw_server(
        answer(b"", f"Set-Cookie: {cookie}", status="503 Busy"),
        answer(page(1), f"Set-Cookie: {cookie}"),
        answer(page()),
    ) as server:
        assert ids(client_of(server)) == [1]
    assert len(server.requests) == 3
    assert not [each for each in server.requests if b"cookie" in each.lower()]


@pytest.mark.parametrize(
    "dates",
    [
        ["Fri, 20 Nov 2026 12:00:00 GMT"],
        ["Friday, 20-Nov-26 12:00:00 GMT"],
        ["Fri Nov 20 12:00:00 2026"],
        ["Fri, 20 Nov 2026 12:00:00 GMT"] * 2,
        ["Fri, 20 Nov 2026 12:00:03 GMT", "Friday, 20-Nov-26 12:00:00 GMT"],
        ["soon", "Fri Nov 20 12:00:00 2026"],
        ["Fri, 20 Nov 2026 12:00:00 +0000"],
    ],
)
def test_the_date_is_read_in_each_of_its_forms(
    dates: list[str], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    # Two of the forms name no zone, and mean none of ours.
    request.addfinalizer(time.tzset)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        assert began_at(*dates) == NOON


def began_at(*dates: str) -> datetime | None:
    with raw_server(answer(page(), *[f"Date: {each}" for each in dates])) as server:
        client = client_of(server)
        ids(client)
    return client.started_at


@pytest.mark.parametrize(
    "dates",
    [
        [],
        [""],
        ["soon"],
        ["0"],
        ["Fri, 20 Nov 2026"],
        ["Fri, 31 Feb 2026 12:00:00 GMT"],
        ["Thu, 01 Jan 1970 00:00:07 GMT"],
        ["Fri, 20 Nov 2026 77:00:00 GMT"],
        ["1763640000"],
    ],
)
def test_a_date_that_is_none_is_no_clock(dates: list[str]) -> None:
    with raw_server(answer(page(), *[f"Date: {each}" for each in dates])) as server:
        client = client_of(server)
        assert ids(client) == []
    assert client.started_at is None


def test_a_date_that_comes_later_tells_when_the_first_answer_came() -> None:
    with raw_server(
        answer(b"", "Retry-After: 1", status="503 Busy"),
        answer(page(), "Date: Fri, 20 Nov 2026 12:00:01 GMT"),
    ) as server:
        client = client_of(server)
        ids(client)
    assert client.started_at
    assert abs((client.started_at - NOON).total_seconds()) < 0.5
