import re
import time
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from sync.simulator import exact_json
from sync.tests.builders import oracle_item
from sync.tests.misbehaving_oracle.faults import FAULTS
from sync.tests.simulator_process import OracleSimulator

THREE = [oracle_item(OptyId=n, OptyNumber=str(n)) for n in (1, 2, 3)]


@pytest.fixture
def oracle(oracle_process: OracleSimulator) -> OracleSimulator:
    oracle_process.reset()
    oracle_process.serve(THREE)
    return oracle_process


@pytest.mark.parametrize(
    ("fault", "status", "header", "value"),
    [
        ("throttle:seconds=7", 429, "Retry-After", "7"),
        ("throttle-silent", 429, "Retry-After", None),
        ("error-500", 500, "Retry-After", None),
        ("error-502", 502, "Retry-After", None),
        ("error-503", 503, "Retry-After", None),
        ("error-503:seconds=7", 503, "Retry-After", "7"),
        ("error-504", 504, "Retry-After", None),
        ("error", 408, "Retry-After", None),
        ("error:status=425,seconds=7", 425, "Retry-After", "7"),
        ("error:status=599", 599, "Content-Type", "text/html; charset=UTF-8"),
        ("odd-answer", 410, "Content-Type", "application/json"),
        ("odd-answer:status=405", 405, "Content-Type", "application/json"),
        ("unauthorized", 401, "WWW-Authenticate", 'Basic realm="Oracle simulator"'),
        ("forbidden", 403, "Content-Type", "text/html; charset=UTF-8"),
        ("not-found", 404, "Content-Type", "application/json"),
        ("html", 200, "Content-Type", "text/html; charset=UTF-8"),
        ("redirect", 302, "Location", "https://login.simulator.example/oam/server/obrareq.cgi"),
    ],
)
def test_a_status_comes_instead_of_the_answer(
    oracle: OracleSimulator, fault: str, status: int, header: str, value: str | None
) -> None:
    oracle.faults(fault)
    response = oracle.ask()
    assert (response.status_code, response.headers.get(header)) == (status, value)


@pytest.mark.parametrize(
    ("fault", "how"),
    [
        ("exception", "Remote end closed connection without response"),
        ("reset", "Connection reset by peer"),
    ],
)
def test_the_connection_breaks(oracle: OracleSimulator, fault: str, how: str) -> None:
    oracle.faults(fault)
    with pytest.raises(requests.ConnectionError, match=how):
        oracle.ask()


def test_the_answer_hangs(oracle: OracleSimulator) -> None:
    oracle.faults("hang:seconds=30")
    with pytest.raises(requests.ReadTimeout):
        oracle.ask(timeout_s=0.1)
    assert oracle.ids() == [1, 2, 3]


def test_the_answer_drips_without_ever_being_silent_for_long(oracle: OracleSimulator) -> None:
    oracle.faults("drip:ms=4")
    began = time.monotonic()
    assert len(oracle.items(fields="OptyId", timeout_s=0.5)) == 3
    assert time.monotonic() - began > 0.5


def test_the_body_is_cut(oracle: OracleSimulator) -> None:
    oracle.faults("cut")
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        oracle.ask()


def test_the_body_is_half_a_document(oracle: OracleSimulator) -> None:
    oracle.faults("bad-json")
    response = oracle.ask()
    with pytest.raises(requests.JSONDecodeError):
        response.json()


def test_the_body_is_no_page(oracle: OracleSimulator) -> None:
    oracle.faults("not-a-page")
    assert oracle.ask().json() == {"message": "Welcome"}


@pytest.mark.parametrize(("fault", "status"), [("empty-204", 204), ("empty-body", 200)])
def test_the_body_is_not_there(oracle: OracleSimulator, fault: str, status: int) -> None:
    oracle.faults(fault)
    responses = [oracle.ask() for _ in range(3)]
    assert [response.status_code for response in responses] == [status, status, 200]
    assert responses[0].content == b""


@pytest.mark.parametrize("status", [102, 103])
def test_an_interim_answer_goes_before_the_answer(oracle: OracleSimulator, status: int) -> None:
    oracle.faults(f"interim:status={status},times=1")
    assert oracle.ask().status_code == status
    assert oracle.ids() == [1, 2, 3]


def test_the_clock_is_ahead(oracle: OracleSimulator) -> None:
    oracle.clock("2026-11-01T00:00:00Z")
    oracle.faults("clock-ahead:seconds=60")
    date = parsedate_to_datetime(oracle.ask().headers["Date"])
    assert date.isoformat() == "2026-11-01T00:01:00+00:00"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("wrong-has-more", ([1, 2], False)),
        ("empty", ([], False)),
        ("short-pages", ([1], True)),
        ("short-pages:rows=2", ([1, 2], True)),
        ("duplicate", ([1, 2, 2], True)),
        ("page-repeated:after=0", ([], True)),
    ],
)
def test_a_page_is_cut_wrongly(
    oracle: OracleSimulator, fault: str, expected: tuple[list[int], bool]
) -> None:
    oracle.faults(fault)
    page = oracle.ask(limit=2).json()
    assert ([item["OptyId"] for item in page["items"]], page["hasMore"]) == expected
    assert page["count"] == len(page["items"])


def test_an_offset_is_ignored(oracle: OracleSimulator) -> None:
    oracle.faults("offset-ignored")
    page = oracle.ask(limit=2, offset=2).json()
    assert [item["OptyId"] for item in page["items"]] == [1, 2]
    assert (page["offset"], page["hasMore"]) == (2, True)


def test_a_page_is_repeated(oracle: OracleSimulator) -> None:
    oracle.faults("page-repeated")
    assert oracle.ids(limit=2) == [1, 2]
    assert oracle.ids(limit=2, q="OptyId > 2") == [1, 2]
    assert oracle.ids(limit=2, offset=2) == [1, 2]


def test_short_pages_lead_to_the_end(oracle: OracleSimulator) -> None:
    oracle.faults("short-pages:rows=1")
    pages = [oracle.ask(limit=2, offset=n).json() for n in range(4)]
    assert [page["hasMore"] for page in pages] == [True, True, False, False]


def test_items_are_absent(oracle: OracleSimulator) -> None:
    oracle.faults("items-absent")
    page = oracle.ask().json()
    assert (page.get("items"), page["count"]) == (None, 3)


def test_items_are_absent_on_the_empty_page_only(oracle: OracleSimulator) -> None:
    oracle.faults("items-absent:empty=1")
    assert oracle.ids() == [1, 2, 3]
    assert "items" not in oracle.ask(offset=3).json()


@pytest.mark.parametrize(
    ("fault", "attribute", "value"),
    [
        ("null-field", "TargetPartyName", None),
        ("null-field:field=Name", "Name", None),
        ("new-field", "BrandNew_c", "new"),
        ("overflow", "Revenue", Decimal("1E+30")),
        ("nul", "Name", "before\0after"),
        ("emoji", "Name", "Rocket 🚀 and family 👩‍👩‍👧‍👦"),
        ("long-text", "Name", "x" * 5000),
        ("long-text:size=276", "Name", "x" * 276),
        ("bad-date", "EffectiveDate", "2026-02-30"),
        ("bad-date:field=LastUpdateDate", "LastUpdateDate", "2026-02-30"),
        ("wrong-type", "Name", ["not", "a", "text"]),
        ("decomposed", "Name", "Gro\u0308ße fu\u0308r Ło\u0301dz\u0301, I\u0302le-de-France"),
        ("far-date", "CreationDate", "9999-12-31T23:59:59Z"),
        ("half-character", "Name", "half \ud83d"),
        ("endless-number:digits=30", "Revenue", int("9" * 30)),
        ("vast-number", "Revenue", Decimal("1e999999999")),
        ("deep-nesting:depth=3", "Name", [[[]]]),
    ],
)
def test_an_attribute_of_one_row_is_spoiled(
    oracle: OracleSimulator, fault: str, attribute: str, value: Any
) -> None:
    separator = "," if ":" in fault else ":"
    oracle.faults(f"{fault}{separator}rows=1")
    assert oracle.items() == [THREE[0], {**THREE[1], attribute: value}, THREE[2]]


@pytest.mark.parametrize(
    ("fault", "attribute"),
    [
        ("absent-field", "TargetPartyName"),
        ("absent-field:field=Geo_c", "Geo_c"),
        ("missing-id", "OptyId"),
    ],
)
def test_an_attribute_of_the_rows_is_not_there(
    oracle: OracleSimulator, fault: str, attribute: str
) -> None:
    oracle.faults(fault)
    assert [set(THREE[0]) - set(item) for item in oracle.items()] == [{attribute}] * 3


def test_numbers_come_as_text(oracle: OracleSimulator) -> None:
    oracle.faults("string-numbers:rows=9")
    expected = {"OptyId": "2", "Revenue": "250000", "Name": THREE[1]["Name"]}
    assert oracle.items(fields="OptyId,Revenue,Name")[1] == expected


def test_a_literal_nan_is_on_the_wire(oracle: OracleSimulator) -> None:
    oracle.faults("nan")
    body = oracle.ask(fields="Revenue").content
    assert body.startswith(b'{"items":[{"Revenue":NaN},')


@pytest.mark.parametrize(
    ("fault", "written"),
    [
        ("broken-bytes", b'"Gr\xf6\xdfe"'),
        ("cut-character", b'"\xf0\x9f\x9a"'),
        ("half-character", rb'"half \ud83d"'),
        ("forbidden-character", b'"two\nlines\t\x01"'),
        ("endless-number:field=Name,digits=5000", b"9" * 5000),
        ("deep-nesting", b"[" * 5000),
    ],
)
def test_bytes_that_no_encoder_would_write_are_on_the_wire(
    oracle: OracleSimulator, fault: str, written: bytes
) -> None:
    oracle.faults(fault)
    body = oracle.ask(fields="Name,OptyId").content
    assert body.startswith(b'{"items":[{"Name":' + written)
    assert body.count(b'"OptyId"') == 3


def test_a_spoiled_attribute_that_is_not_asked_for_stays_away(oracle: OracleSimulator) -> None:
    oracle.faults("overflow", "nul")
    assert oracle.items(fields="OptyId")[0] == {"OptyId": 1}


def test_spoiled_rows_are_spread_over_the_page_and_always_the_same(
    oracle: OracleSimulator,
) -> None:
    oracle.serve([oracle_item() for _ in range(100)])
    oracle.faults("null-field:field=Name,rows=2")
    spoiled = [n for n, item in enumerate(oracle.items(limit=100)) if item["Name"] is None]
    assert spoiled == [25, 75]


def test_what_is_spoiled_on_the_way_is_whole_in_the_truth(oracle: OracleSimulator) -> None:
    oracle.faults("null-field:field=Name", "missing-id")
    oracle.ask()
    assert oracle.rows() == THREE


def test_a_fault_waits_and_ends(oracle: OracleSimulator) -> None:
    oracle.faults("error-503:after=2,times=3")
    statuses = [oracle.ask().status_code for _ in range(7)]
    assert statuses == [200, 200, 503, 503, 503, 200, 200]


def test_a_fault_of_0_times_never_ends(oracle: OracleSimulator) -> None:
    oracle.faults("error-503:times=0")
    assert {oracle.ask().status_code for _ in range(10)} == {503}


def test_answers_that_are_replaced_come_one_after_the_other(oracle: OracleSimulator) -> None:
    oracle.faults("error-503:times=1", "throttle:times=1", "empty:times=1")
    responses = [oracle.ask() for _ in range(4)]
    assert [response.status_code for response in responses] == [503, 429, 200, 200]
    assert [response.json()["count"] for response in responses[2:]] == [0, 3]


def test_faults_of_a_page_go_together(oracle: OracleSimulator) -> None:
    oracle.faults("duplicate", "wrong-has-more", "null-field:field=Name,rows=9", "cut:after=1")
    page = oracle.ask().json()
    assert [item["Name"] for item in page["items"]] == [None] * 4
    assert page["hasMore"] is True
    with pytest.raises(requests.RequestException):
        oracle.ask()


def test_a_fault_concerns_lists_unless_told_else(oracle: OracleSimulator) -> None:
    oracle.faults("error-503", "null-field:field=Name")
    assert oracle.ask("1").json() == THREE[0]


def test_a_fault_can_concern_single_records(oracle: OracleSimulator) -> None:
    oracle.faults("error-503:on=one,times=1", "null-field:on=all,field=Name")
    assert oracle.items()[0]["Name"] is None
    assert oracle.ask("1").status_code == 503
    assert oracle.ask("1").json()["Name"] is None


def test_no_fault_breaks_the_control_channel(oracle: OracleSimulator) -> None:
    oracle.faults(*FAULTS)
    assert oracle.rows() == THREE
    oracle.faults()
    assert exact_json.decode(oracle.ask().content)["items"] == THREE


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("nonsense", "There is no fault 'nonsense'. Known are: absent-field, "),
        ("hang:minutes=1", "Fault hang has no option 'minutes', but on, after, times, seconds."),
        ("hang:seconds=long", "Option seconds of fault hang needs a number, not 'long'."),
        ("hang:after=-1", "Option after of fault hang cannot be below 0."),
        ("hang:on=off", "Option on of fault hang is list, one or all, not 'off'."),
    ],
)
def test_an_unknown_fault_or_option_is_refused(
    oracle: OracleSimulator, fault: str, sentence: str
) -> None:
    with pytest.raises(AssertionError, match=re.escape(sentence)):
        oracle.faults(fault)
