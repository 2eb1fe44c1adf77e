import logging
import time
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

import pytest
import responses
from requests.exceptions import ChunkedEncodingError, SSLError

from sync.oracle.errors import (
    OracleConfigError,
    OracleError,
    OracleForbidden,
    OracleLoginRefused,
    OracleNotFound,
    OracleProtocolError,
    OracleQueryRefused,
    OracleSignInPage,
    OracleUnavailable,
)
from sync.oracle.fields.attributes import Attribute, Attributes, stand_ins
from sync.oracle.fields.mapping import FieldMapping
from sync.oracle.reading.client import OracleClient
from sync.oracle.reading.paging import Page
from sync.oracle.transport.config import OracleConfig
from sync.oracle.transport.retry import Patience
from sync.tests.builders import oracle_item, own_names
from sync.tests.simulator_process import OracleSimulator

PASSWORD = "s3cret-Grüße:ü"
HOST = "https://crm.example.com"
LIST = f"{HOST}/crmRestApi/resources/11.13.18.05/opportunities"
FAST = {"timeout_s": 0.4, "max_attempts": 3, "backoff_s": 0.001}


def client_of(oracle: OracleSimulator, mapping: FieldMapping | None = None, **more: Any) -> Any:
    values = {"username": "simulator", "password": "simulator", **FAST, **more}
    mapping = mapping or FieldMapping(own_names("Practice_c", "Geo_c"))
    config = OracleConfig(base_url=oracle.url, **values)
    return OracleClient(config, Attributes(mapping.wanted, stand_ins(mapping.wanted)))


def far_client(**more: Any) -> OracleClient:
    """One of a host that only `responses` answers for."""
    config = OracleConfig(base_url=HOST, username="sync", password=PASSWORD, **FAST, **more)
    return OracleClient(config, asking_for("OptyId", "Name"))


def asking_for(*names: str) -> Attributes:
    return Attributes(map(Attribute, names))


def ids(client: OracleClient, **more: Any) -> list[int]:
    return [item["OptyId"] for item in chain.from_iterable(client.pages(list, **more))]


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    return [oracle_item(OptyId=n, **more) for n in range(1, count + 1)]


both = pytest.mark.parametrize("paging", ["keyset", "offset"])


# --- what it asks -------------------------------------------------------------------------------


@both
def test_it_reads_every_row_page_by_page(oracle: OracleSimulator, paging: str) -> None:
    oracle.serve(rows(23))
    assert ids(client_of(oracle, page_size=5, paging=paging)) == list(range(1, 24))


def test_it_asks_for_all_in_a_unique_order_without_links(oracle: OracleSimulator) -> None:
    oracle.serve(rows(1))
    ids(client_of(oracle, FieldMapping(own_names("", "Geo_c")), page_size=7))
    first = oracle.requests()[0]
    assert first["params"] == {
        "finder": "MyOpportunitiesFinder;RecordSet='ALLOPTIES'",
        "onlyData": "true",
        "orderBy": "OptyId:asc",
        "limit": "7",
        "fields": "OptyId,OptyNumber,Name,TargetPartyName,Revenue,CurrencyCode,Geo_c,SalesStage,"
        "WinProb,EffectiveDate,PartyName1,LastUpdateDate,StatusCode,CreationDate",
    }
    assert first["headers"]["REST-Framework-Version"] == "2"
    assert first["headers"]["Accept"] == "application/json"


def test_it_never_asks_for_a_status(oracle: OracleSimulator) -> None:
    oracle.serve(rows(3, StatusCode="WON"))
    assert ids(client_of(oracle), since=datetime(2026, 1, 1, tzinfo=UTC)) == [1, 2, 3]
    assert not [each for each in oracle.requests() if "StatusCode" in each["params"].get("q", "")]


@both
def test_since_is_inclusive_and_in_utc(oracle: OracleSimulator, paging: str) -> None:
    stamps = ["2026-10-01T11:59:59+00:00", "2026-10-01T12:00:00+00:00", "2026-10-01T14:00:00+00:00"]
    oracle.serve([oracle_item(OptyId=n, LastUpdateDate=at) for n, at in enumerate(stamps, 1)])
    since = datetime.fromisoformat("2026-10-01T14:00:00.900+02:00")
    assert ids(client_of(oracle, page_size=1, paging="keyset"), since=since) == [2, 3]
    assert ids(client_of(oracle, paging=paging), since=since) == [2, 3]


def test_a_tenant_without_a_finder_is_asked_without_one(oracle: OracleSimulator) -> None:
    oracle.serve(rows(1))
    ids(client_of(oracle, finder=""))
    assert "finder" not in oracle.requests()[0]["params"]


def test_the_latest_version_is_another_address(oracle: OracleSimulator) -> None:
    oracle.serve(rows(1))
    assert ids(client_of(oracle, api_version="latest")) == [1]


def test_numbers_come_exactly(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(Revenue=Decimal("12345678901234567.89"))])
    (page,) = client_of(oracle).pages(list)
    assert page[0]["Revenue"] == Decimal("12345678901234567.89")


def test_one_record_is_found_by_its_id_and_by_its_number(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=7, OptyNumber="DE/Q1 Größe#7?x=1"), oracle_item(OptyId=8)])
    client = client_of(oracle)
    assert client.by_id("7")["OptyId"] == 7
    assert client.by_number("DE/Q1 Größe#7?x=1")["OptyId"] == 7
    assert client.by_id("9") is None
    assert client.by_number("none") is None


@responses.activate
def test_another_record_than_the_one_asked_for_is_not_taken_for_it() -> None:
    responses.get(LIST, json={"items": [{"OptyId": 5, "Name": "Other"}], "hasMore": False})
    with pytest.raises(OracleProtocolError):
        far_client().by_id("7")


def test_the_total_is_asked_for_by_itself(oracle: OracleSimulator) -> None:
    oracle.serve(rows(12))
    assert client_of(oracle).estimated_total() == 12
    assert client_of(oracle).estimated_total(datetime(2027, 1, 1, tzinfo=UTC)) == 0


@responses.activate
@pytest.mark.parametrize("answer", [{"status": 400}, {"json": {"items": []}}, {"json": []}])
def test_a_tenant_that_tells_no_total_is_no_problem(answer: dict[str, Any]) -> None:
    responses.get(LIST, **answer)
    assert far_client().estimated_total() is None


def test_the_reading_began_when_oracle_first_answered(oracle: OracleSimulator) -> None:
    client = client_of(oracle)
    assert client.started_at is None
    oracle.clock("2026-01-31T10:00:00Z")
    ids(client)
    oracle.clock("2026-01-31T11:00:00Z")
    ids(client)
    assert client.started_at == datetime(2026, 1, 31, 10, tzinfo=UTC)


@responses.activate
@pytest.mark.parametrize("headers", [{}, {"Date": "soon"}])
def test_an_oracle_without_a_clock_is_read_all_the_same(headers: dict[str, str]) -> None:
    responses.get(LIST, json={"items": [], "hasMore": False}, headers=headers)
    client = far_client()
    assert ids(client) == []
    assert client.started_at is None


# --- what is tried again ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        *("throttle-silent", "throttle:seconds=0", "error-500", "error-502", "error-503"),
        *("error-504", "exception:times=2", "reset:times=2", "cut:times=2", "bad-json:times=2"),
        *("hang:seconds=1,times=2", "drip:ms=3,times=2", "plain-text:times=2"),
    ],
)
@both
def test_what_passes_is_tried_again_until_it_has_passed(
    oracle: OracleSimulator, fault: str, paging: str
) -> None:
    oracle.serve(rows(7))
    oracle.faults(f"{fault},after=1" if ":" in fault else f"{fault}:after=1")
    client = client_of(oracle, page_size=3, paging=paging)
    assert ids(client) == list(range(1, 8))
    assert client.traffic.retries == 2
    assert client.traffic.requests == len(oracle.requests())


@pytest.mark.parametrize("fault", ["error-503", "throttle-silent", "reset", "cut", "bad-json"])
def test_what_does_not_pass_is_tried_as_often_as_told(oracle: OracleSimulator, fault: str) -> None:
    oracle.serve(rows(1))
    oracle.faults(f"{fault}:times=0")
    client = client_of(oracle, max_attempts=4)
    with pytest.raises(OracleUnavailable, match="did not give an answer in 4 attempts"):
        ids(client)
    assert len(oracle.requests()) == client.traffic.requests == 4
    assert client.traffic.retries == 3


def test_an_answer_that_is_whole_and_no_json_is_not_called_the_network(
    oracle: OracleSimulator,
) -> None:
    oracle.faults("plain-text")
    client = client_of(oracle, max_attempts=2)
    with pytest.raises(OracleProtocolError, match="complete but no JSON") as failure:
        ids(client)
    assert "network" not in str(failure.value)
    assert client.traffic.retries == 1


def test_it_waits_as_long_as_oracle_says(oracle: OracleSimulator) -> None:
    oracle.faults("throttle:seconds=1,times=1")
    began = time.monotonic()
    ids(client_of(oracle))
    assert 1 <= time.monotonic() - began < 2


@pytest.mark.parametrize("fault", ["hang:seconds=3,times=1", "drip:ms=3,times=1"])
def test_an_answer_has_one_deadline_however_it_comes(oracle: OracleSimulator, fault: str) -> None:
    oracle.serve(rows(40))
    oracle.faults(fault)
    client = client_of(oracle, timeout_s=0.3)
    began = time.monotonic()
    assert len(ids(client)) == 40
    assert client.traffic.retries == 1
    assert time.monotonic() - began < 2.5


def test_a_slow_answer_that_keeps_the_deadline_is_read_to_its_end(oracle: OracleSimulator) -> None:
    # A packed answer gives nothing to read for its first bytes; that is not its end.
    oracle.serve(rows(40))
    oracle.faults("drip:ms=0.1,times=1")
    client = client_of(oracle, timeout_s=5)
    assert len(ids(client)) == 40
    assert client.traffic.retries == 0


@responses.activate
def test_a_body_that_breaks_off_is_tried_again() -> None:
    responses.get(LIST, body=ChunkedEncodingError("broken"))
    responses.get(LIST, json={"items": [], "hasMore": False})
    client = far_client()
    assert ids(client) == []
    assert client.traffic.retries == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("not-a-page", "without hasMore"),
        ("items-absent", "without items that is not the last"),
    ],
)
def test_what_is_neither_a_page_nor_an_error_is_tried_again_and_then_named(
    oracle: OracleSimulator, fault: str, words: str
) -> None:
    oracle.serve(rows(1))
    oracle.faults(f"{fault}:times=2")
    assert ids(client_of(oracle)) == [1]
    oracle.forget_requests()
    oracle.faults(fault)
    with pytest.raises(OracleProtocolError, match=words):
        ids(client_of(oracle))
    assert len(oracle.requests()) == FAST["max_attempts"]


@responses.activate
@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 506, 507, 520, 524, 598])
def test_a_status_that_may_pass_is_tried_again(status: int) -> None:
    responses.get(LIST, status=status)
    responses.get(LIST, json={"items": [], "hasMore": False})
    assert ids(far_client()) == []
    assert len(responses.calls) == 2


@responses.activate
@pytest.mark.parametrize(
    ("status", "body"), [(200, ""), (200, " \n"), (201, ""), (202, "{}"), (204, ""), (205, "")]
)
def test_an_answer_without_data_is_tried_again_and_never_called_the_network(
    status: int, body: str
) -> None:
    responses.get(LIST, status=status, body=body)
    with pytest.raises(OracleProtocolError, match=f"its answer was {status} without data") as found:
        ids(far_client())
    assert "network" not in str(found.value)
    assert len(responses.calls) == FAST["max_attempts"]


# --- what is not tried again --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ("unauthorized", OracleLoginRefused, "ORACLE_USERNAME and ORACLE_PASSWORD"),
        ("forbidden", OracleForbidden, "right to read all opportunities"),
        ("not-found", OracleNotFound, "ORACLE_BASE_URL and ORACLE_API_VERSION (11.13.18.05)"),
        ("html", OracleSignInPage, "sign-in or maintenance page"),
        ("redirect", OracleSignInPage, "sign-in or maintenance page"),
    ],
)
def test_what_will_not_pass_is_asked_once_and_says_what_to_change(
    oracle: OracleSimulator, fault: str, error: type[OracleError], words: str
) -> None:
    oracle.serve(rows(1))
    oracle.faults(fault)
    with pytest.raises(error) as caught:
        ids(client_of(oracle))
    assert words in str(caught.value)
    assert len(oracle.requests()) == 1


def test_a_wrong_password_is_tried_once_as_accounts_lock(oracle: OracleSimulator) -> None:
    with pytest.raises(OracleLoginRefused, match="nothing more was asked"):
        ids(client_of(oracle, password="wrong"))
    assert [each["status"] for each in oracle.requests()] == [401]


def test_a_wrong_version_names_the_setting(oracle: OracleSimulator) -> None:
    with pytest.raises(OracleNotFound, match=r"ORACLE_API_VERSION \(12.0\)"):
        ids(client_of(oracle, api_version="12.0"))


@both
def test_an_attribute_that_a_refusal_names_is_left_out_and_the_question_asked_again(
    oracle: OracleSimulator, paging: str
) -> None:
    oracle.serve(rows(4))
    mapping = FieldMapping(own_names("Bereich_c", "", "Branche_c"), ["Own_c"])
    client = client_of(oracle, mapping, paging=paging)
    assert ids(client) == [1, 2, 3, 4]
    assert [each.name for each in client.attributes.absent] == ["Bereich_c", "Branche_c", "Own_c"]
    statuses = [each["status"] for each in oracle.requests()]
    assert statuses[:4] == [400, 400, 400, 200]
    assert 400 not in statuses[4:]


@pytest.mark.parametrize("finder", ["OtherFinder", "MyOpportunitiesFinder;RecordSet='MINE'"])
def test_a_finder_the_tenant_does_not_know_names_its_setting(
    oracle: OracleSimulator, finder: str
) -> None:
    with pytest.raises(OracleQueryRefused, match="change ORACLE_FINDER"):
        ids(client_of(oracle, finder=finder))


@responses.activate
@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            '{"o:errorDetails":[{"code":"29140","detail":"URL request is odd"}]}',
            "URL request is odd",
        ),
        ('{"title":"Bad Request","status":"400"}', "Bad Request"),
        ("", "no details given"),
        ("<html>Bad</html>", "no details given"),
        ("[]", "no details given"),
        ('{"o:errorDetails":["x"]}', "no details given"),
    ],
)
def test_a_refused_query_is_told_with_what_oracle_says(body: str, words: str) -> None:
    responses.get(LIST, status=400, body=body)
    with pytest.raises(OracleQueryRefused) as caught:
        ids(far_client())
    assert "check ORACLE_FINDER" in str(caught.value)
    assert words in str(caught.value)
    assert len(responses.calls) <= 4, "more than it takes to find out what to blame"


@responses.activate
@pytest.mark.parametrize("status", [402, 406, 418, 501, 505])
def test_any_other_status_is_an_error_and_not_tried_again(status: int) -> None:
    responses.get(LIST, status=status)
    with pytest.raises(OracleError, match=f"answered {status}"):
        ids(far_client())
    assert len(responses.calls) == 1


@responses.activate
@pytest.mark.parametrize(
    "body", ["<!doctype html><p>Sign in", "\n <html>", "<?xml version='1.0'?>"]
)
def test_a_web_page_is_no_data_whatever_it_calls_itself(body: str) -> None:
    responses.get(LIST, body=body, content_type="application/json")
    with pytest.raises(OracleSignInPage, match="sign-in or maintenance page"):
        ids(far_client())


@responses.activate
def test_a_number_that_no_decimal_can_hold_costs_its_record_and_not_the_page() -> None:
    responses.get(
        LIST, body='{"items":[{"OptyId":1,"Revenue":1e9999999999999999999}],"hasMore":false}'
    )
    responses.get(LIST, json={"items": [], "hasMore": False})
    [[item]] = far_client().pages(list)
    assert item["Revenue"].is_nan()


@responses.activate
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_the_password_stays_here(status: int) -> None:
    responses.get(LIST, status=status, headers={"Location": "https://login.example.com/sso"})
    elsewhere = responses.get("https://login.example.com/sso", json={"items": [], "hasMore": False})
    with pytest.raises(OracleSignInPage):
        ids(far_client())
    assert elsewhere.call_count == 0


@responses.activate
def test_the_login_is_sent_whatever_letters_it_has() -> None:
    responses.get(LIST, json={"items": [], "hasMore": False})
    ids(far_client())
    sent = responses.calls[0].request.headers["Authorization"]
    assert sent == "Basic c3luYzpzM2NyZXQtR3LDvMOfZTrDvA=="


@responses.activate
def test_a_certificate_nobody_trusts_is_no_weather() -> None:
    responses.get(LIST, body=SSLError("CERTIFICATE_VERIFY_FAILED"))
    with pytest.raises(OracleConfigError, match="ORACLE_CA_BUNDLE"):
        ids(far_client())
    assert len(responses.calls) == 1


def test_where_nobody_listens_the_host_is_named(oracle: OracleSimulator) -> None:
    config = OracleConfig("http://127.0.0.1:9", "simulator", PASSWORD, **FAST)
    client = OracleClient(config, asking_for("OptyId"))
    with pytest.raises(OracleUnavailable, match=r"127.0.0.1:9 .*nothing listens there") as caught:
        ids(client)
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize(("timeout_s", "longest_s"), [(90, 20), (20, 20), (5, 5)])
def test_what_only_helps_is_asked_once_and_for_twenty_seconds_at_most(
    timeout_s: float, longest_s: float
) -> None:
    config = OracleConfig(HOST, "sync", PASSWORD, timeout_s=timeout_s, max_attempts=9)
    assert config.side_patience == Patience(max_attempts=1, timeout_s=longest_s)


def test_a_question_that_only_helps_gives_up_sooner_than_a_reading(
    oracle: OracleSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.oracle.transport.config.LONGEST_SIDE_QUESTION_S", 0.3)
    oracle.serve(rows(3))
    oracle.latency(800)
    client = client_of(oracle, timeout_s=10)
    assert client.estimated_total() is None
    assert client.known_attributes() is None
    assert client.ids_at([1, 2]) is None
    assert client.beginning() == (None, None)
    assert client.traffic.retries == 0
    assert client.first_page().ids == [1, 2, 3]


@pytest.mark.parametrize("total", [-1, True, None, "12", 1.5, [], {}])
@responses.activate
def test_a_total_that_is_no_count_is_none(total: Any) -> None:
    responses.get(LIST, json={"items": [], "hasMore": False, "totalResults": total})
    assert far_client().estimated_total() is None
    page, count = far_client().beginning()
    assert page == Page([], has_more=False)
    assert count is None


# --- settings that cannot work ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"base_url": ""}, "ORACLE_BASE_URL is not set"),
        ({"base_url": "crm.example.com"}, "begin it with https://"),
        ({"base_url": "ftp://crm.example.com"}, "begin it with https://"),
        ({"base_url": "https://"}, "begin it with https://"),
        ({"base_url": "https://[::1"}, "is not a web address"),
        ({"base_url": "http://crm.example.com"}, "the password would travel in the clear"),
        ({"base_url": "http://127.0.0.1.example.com"}, "the password would travel in the clear"),
        ({"base_url": f"https://sync:{PASSWORD}@crm.example.com"}, "holds a user name or password"),
        ({"base_url": f"sync:{PASSWORD}@crm.example.com"}, "begin it with https://"),
        ({"base_url": f"https://sync:{PASSWORD}@[::1"}, "is not a web address"),
        ({"username": ""}, "ORACLE_USERNAME is not set"),
        ({"password": ""}, "ORACLE_PASSWORD is not set"),
        ({"api_version": ""}, "ORACLE_API_VERSION is not set"),
        ({"page_size": 0}, "ORACLE_PAGE_SIZE must be 1 to 500"),
        ({"page_size": 501}, "ORACLE_PAGE_SIZE must be 1 to 500"),
        ({"paging": "cursor"}, "write keyset or offset"),
    ],
)
def test_settings_that_cannot_work_are_named_before_anything_is_asked(
    wrong: dict[str, Any], words: str
) -> None:
    values = {"base_url": HOST, "username": "sync", "password": PASSWORD, **wrong}
    with pytest.raises(OracleConfigError) as caught:
        OracleConfig(**values)
    assert words in str(caught.value)
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8900", "[::1]:8900"])
def test_loopback_needs_no_https(host: str) -> None:
    assert OracleConfig(f"http://{host}", "sync", PASSWORD).host == host


def test_a_slash_at_the_end_of_the_address_does_no_harm() -> None:
    assert OracleConfig(f"{HOST}/", "sync", PASSWORD).opportunities_url == LIST


def test_a_config_never_shows_its_password() -> None:
    assert PASSWORD not in repr(OracleConfig(HOST, "sync", PASSWORD))


def test_debug_logging_holds_neither_password_nor_query(
    oracle: OracleSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(OracleLoginRefused):
        ids(client_of(oracle, password=PASSWORD))
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("sync")]
    assert "GET /crmRestApi/resources/11.13.18.05/opportunities" in ours
    assert PASSWORD not in caplog.text
