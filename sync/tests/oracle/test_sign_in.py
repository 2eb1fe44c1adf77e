"""Whom Oracle takes us for: a password, a token we fetch, a token from a file."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from pytest_django import Settings

from sync import conf
from sync.models import RefusedLogin, SyncLog, SyncStatus
from sync.oracle.errors import OracleConfigError, OracleLoginRefused
from sync.oracle.transport.config import OracleConfig
from sync.tests.builders import oracle_item
from sync.tests.late_readers import await_late_readers
from sync.tests.reliability.scene import sync
from sync.tests.simulator_process import OracleSimulator

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.shared_out]

TOKEN_PATH = "/oauth2/v1/token"
HOST = "https://crm.example.com"


@pytest.fixture
def identity_domain(oracle: OracleSimulator, settings: Settings) -> OracleSimulator:
    """A tenant that takes tokens only, with rows for many pages."""
    settings.ORACLE_AUTH, settings.ORACLE_TOKEN_URL = "client_credentials", oracle.url + TOKEN_PATH
    settings.ORACLE_CLIENT_ID = settings.ORACLE_CLIENT_SECRET = "simulator"
    settings.ORACLE_USERNAME = settings.ORACLE_PASSWORD = ""
    settings.ORACLE_PAGE_SIZE = 5
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 101)])
    oracle.tenant("bearer")
    return oracle


@pytest.fixture
def token_file(oracle: OracleSimulator, settings: Settings, tmp_path: Path) -> Path:
    """One that holds the token which Oracle takes."""
    file = tmp_path / "token"
    file.write_text(" right\n")
    settings.ORACLE_AUTH, settings.ORACLE_TOKEN_FILE = "token", str(file)
    settings.ORACLE_USERNAME = settings.ORACLE_PASSWORD = ""
    settings.ORACLE_PAGE_SIZE = 5
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 11)])
    oracle.tenant("bearer:token=right")
    return file


@contextmanager
def answering(status: int, body: str = "", **headers: str) -> Iterator[str]:
    """The address of a server that has one answer for everybody."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *words: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/token"
        server.shutdown()


def asked(oracle: OracleSimulator, *, tokens: bool) -> list[int]:
    """The statuses of what was asked for: tokens, or records."""
    requests = oracle.requests()
    return [each["status"] for each in requests if (each["path"] == TOKEN_PATH) is tokens]


# --- a tenant of another kind -------------------------------------------------------------------


def test_a_tenant_that_wants_tokens_says_which_setting_to_change(oracle: OracleSimulator) -> None:
    oracle.tenant("bearer")
    log = sync()
    assert log.status == SyncStatus.FAILED
    assert "set ORACLE_AUTH to client_credentials (with ORACLE_TOKEN_URL" in log.error_message
    assert "or to token (with ORACLE_TOKEN_FILE)" in log.error_message
    assert len(oracle.requests()) == 1


@pytest.mark.parametrize("auth", ["client_credentials", "token"])
def test_a_tenant_that_wants_passwords_says_so_as_well(
    identity_domain: OracleSimulator, settings: Settings, tmp_path: Path, auth: str
) -> None:
    settings.ORACLE_AUTH, settings.ORACLE_TOKEN_FILE = auth, str(tmp_path / "token")
    (tmp_path / "token").write_text("mine")
    identity_domain.tenant()
    with answering(200, '{"access_token": "mine", "token_type": "Bearer"}') as endpoint:
        settings.ORACLE_TOKEN_URL = endpoint
        assert "set ORACLE_AUTH to basic" in sync().error_message


# --- client credentials -------------------------------------------------------------------------


def test_one_token_serves_all_connections(
    identity_domain: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_CONCURRENCY = 4
    log = sync()
    assert (log.status, log.total_fetched) == (SyncStatus.SUCCESS, 100)
    assert asked(identity_domain, tokens=True) == [200]
    assert set(asked(identity_domain, tokens=False)) == {200}


def test_connections_that_begin_together_fetch_one_token(
    identity_domain: OracleSimulator,
) -> None:
    identity_domain.latency(50)
    with conf.oracle_client(conf.field_mapping()) as client:
        assert sorted(client.ids_at(range(4))) == [1, 2, 3, 4]
    assert asked(identity_domain, tokens=True) == [200]


def test_connections_that_are_refused_together_ask_once_for_a_token(
    identity_domain: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_CLIENT_SECRET = "wrong"
    identity_domain.latency(50)
    with (
        pytest.raises(OracleLoginRefused),
        conf.oracle_client(conf.field_mapping()) as client,
    ):
        client.ids_at(range(4))
    await_late_readers()
    assert asked(identity_domain, tokens=True) == [401]


def test_a_token_is_renewed_before_it_ends(
    identity_domain: OracleSimulator, settings: Settings
) -> None:
    identity_domain.tenant("bearer:expires_in=2")
    identity_domain.latency(150)
    assert sync().status == SyncStatus.SUCCESS
    assert set(asked(identity_domain, tokens=False)) == {200}
    # Not one for each of the twenty pages either.
    assert 2 <= len(asked(identity_domain, tokens=True)) <= 8


@pytest.mark.parametrize(("readers", "uses"), [(1, 7), (4, 16)])
def test_a_token_that_is_refused_early_is_renewed(
    identity_domain: OracleSimulator, settings: Settings, readers: int, uses: int
) -> None:
    settings.ORACLE_CONCURRENCY = readers
    identity_domain.tenant(f"bearer:uses={uses}")
    log = sync()
    assert (log.status, log.total_fetched) == (SyncStatus.SUCCESS, 100)
    refused = asked(identity_domain, tokens=False).count(401)
    assert 1 <= refused <= 8 * readers
    assert len(asked(identity_domain, tokens=True)) <= refused + 1
    assert not RefusedLogin.objects.exists()


def test_a_new_token_that_is_refused_as_well_is_a_refused_login(
    identity_domain: OracleSimulator,
) -> None:
    identity_domain.faults("unauthorized:on=all")
    logs = [sync() for _ in range(3)]
    assert {log.status for log in logs} == {SyncStatus.FAILED}
    assert "check ORACLE_SCOPE" in logs[0].error_message
    assert "was not asked" in logs[2].error_message
    assert asked(identity_domain, tokens=True) == [200, 200]
    assert asked(identity_domain, tokens=False).count(401) == 2


def test_a_client_that_is_refused_is_not_tried_again(
    identity_domain: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_CLIENT_SECRET, settings.ORACLE_CONCURRENCY = "wrong", 4
    logs = [sync() for _ in range(6)]
    await_late_readers()
    assert {log.status for log in logs} == {SyncStatus.FAILED}
    assert "(invalid_client): check ORACLE_CLIENT_ID and ORACLE_CLIENT_SECRET" in (
        logs[0].error_message
    )
    assert [each["status"] for each in identity_domain.requests()] == [401]
    settings.ORACLE_CLIENT_SECRET = "simulator"
    assert sync().status == SyncStatus.SUCCESS


def test_a_scope_that_is_wanted_is_named(
    identity_domain: OracleSimulator, settings: Settings
) -> None:
    identity_domain.tenant("bearer:scope=urn:sales")
    assert "change ORACLE_SCOPE" in sync().error_message
    settings.ORACLE_SCOPE = "urn:sales"
    assert sync().status == SyncStatus.SUCCESS


def test_a_secret_may_have_any_letter(identity_domain: OracleSimulator, settings: Settings) -> None:
    identity_domain.tenant("bearer:secret=Grüße:€%")
    settings.ORACLE_CLIENT_SECRET = "Grüße:€%"
    assert sync().status == SyncStatus.SUCCESS


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (200, "<html>Sign in</html>", "answered without a token"),
        (200, "[]", "answered without a token"),
        (200, "{}", "answered without a token"),
        (200, '{"access_token": ""}', "answered without a token"),
        (200, '{"access_token": null}', "answered without a token"),
        (200, '{"access_token": "two\\r\\nlines"}', "answered without a token"),
        (200, '{"access_token": "a", "expires_in": "soon"}', "answered without a token"),
        (302, "", "answered 302"),
        (400, "<html>Bad request</html>", "answered 400"),
        (400, '{"error": "unsupported_grant_type"}', "gives no token for client credentials"),
        (401, "<html>Who?</html>", "refused our client (401)"),
        (404, "<html>Not found</html>", "answered 404"),
        (503, "<html>Later</html>", "in 3 attempts (it answered 503): check ORACLE_TOKEN_URL"),
        (429, '{"error": "slow_down"}', "in 3 attempts (it answered 429)"),
    ],
)
def test_an_endpoint_that_gives_no_token_is_named_with_its_setting(
    identity_domain: OracleSimulator, settings: Settings, status: int, body: str, words: str
) -> None:
    elsewhere = identity_domain.url + "/elsewhere"
    with answering(status, body, Location=elsewhere) as endpoint:
        settings.ORACLE_TOKEN_URL = endpoint
        log = sync()
    assert log.status == SyncStatus.FAILED
    assert words in log.error_message
    assert "ORACLE_TOKEN_URL" in log.error_message or "ORACLE_CLIENT_ID" in log.error_message
    assert identity_domain.requests() == []


def test_an_endpoint_that_nobody_serves_is_named_and_not_oracle(
    identity_domain: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_TOKEN_URL = "http://127.0.0.1:9/token"
    assert sync().error_message == (
        "The token endpoint at 127.0.0.1:9 did not give an answer in 3 attempts (nothing listens "
        "there): check ORACLE_TOKEN_URL and the network, or try again later."
    )


@pytest.mark.parametrize("odd", ["null", '"3600"', "0", "-5", "1e3"])
def test_a_life_that_is_told_oddly_is_no_hindrance(
    identity_domain: OracleSimulator, settings: Settings, odd: str
) -> None:
    identity_domain.tenant("bearer:token=mine")
    with answering(200, f'{{"access_token": "mine", "expires_in": {odd}}}') as endpoint:
        settings.ORACLE_TOKEN_URL = endpoint
        assert sync().status == SyncStatus.SUCCESS


# --- a token from a file ------------------------------------------------------------------------


def test_a_token_is_taken_from_its_file(oracle: OracleSimulator, token_file: Path) -> None:
    assert sync().status == SyncStatus.SUCCESS
    assert set(asked(oracle, tokens=False)) == {200}


def test_a_new_token_counts_in_the_middle_of_a_run(
    oracle: OracleSimulator, token_file: Path
) -> None:
    """It was written just when the old one ended."""
    oracle.latency(100)
    rotation = Thread(target=_rotate, args=(oracle, token_file))
    rotation.start()
    log = sync()
    rotation.join()
    assert (log.status, log.total_fetched) == (SyncStatus.SUCCESS, 10)
    assert not RefusedLogin.objects.exists()


def _rotate(oracle: OracleSimulator, token_file: Path) -> None:
    time.sleep(0.25)
    token_file.write_text("next")
    oracle.tenant("bearer:token=next")


def test_a_refused_token_is_sent_once_until_the_file_has_another(
    oracle: OracleSimulator, token_file: Path
) -> None:
    token_file.write_text("old")
    logs = [sync() for _ in range(3)]
    assert "ORACLE_TOKEN_FILE: write a new one" in logs[0].error_message
    assert "was not asked" in logs[2].error_message
    assert asked(oracle, tokens=False) == [401]
    token_file.write_text("right")
    assert sync().status == SyncStatus.SUCCESS


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read: No such file"),
        (b" \n", "does not hold one token"),
        (b"Bearer right", "does not hold one token"),
        (b"right\nwrong", "does not hold one token"),
        (b"\xff\xfe\x00r", "does not hold one token"),
    ],
)
def test_a_file_without_a_token_is_named_with_its_setting(
    oracle: OracleSimulator, token_file: Path, content: bytes | None, words: str
) -> None:
    token_file.unlink()
    if content is not None:
        token_file.write_bytes(content)
    log = sync()
    assert log.status == SyncStatus.FAILED
    assert log.error_message.startswith(f"ORACLE_TOKEN_FILE {token_file} ")
    assert words in log.error_message
    assert oracle.requests() == []


def test_a_folder_is_no_token_file(
    oracle: OracleSimulator, token_file: Path, settings: Settings
) -> None:
    settings.ORACLE_TOKEN_FILE = str(token_file.parent)
    assert "cannot be read: Is a directory" in sync().error_message


@pytest.mark.parametrize(
    ("auth", "whom"),
    [("client_credentials", "the client of ORACLE_CLIENT_ID"), ("token", "the user of the token")],
)
def test_whoever_has_no_right_is_named(
    identity_domain: OracleSimulator,
    token_file: Path,
    settings: Settings,
    auth: str,
    whom: str,
) -> None:
    settings.ORACLE_AUTH = auth
    identity_domain.faults("forbidden")
    assert f"Oracle knows {whom} but refuses access" in sync().error_message


# --- settings that cannot work ------------------------------------------------------------------

CLIENT = {"client_id": "bqs", "client_secret": "secret", "auth": "client_credentials"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"auth": "saml"}, ["ORACLE_AUTH is 'saml'"]),
        ({"auth": "token"}, ["ORACLE_TOKEN_FILE is not set"]),
        (
            {"auth": "client_credentials"},
            [
                *("ORACLE_TOKEN_URL is not set", "ORACLE_CLIENT_ID is not set"),
                "ORACLE_CLIENT_SECRET is not set",
            ],
        ),
        ({**CLIENT, "token_url": "http://idcs.example.com"}, ["ORACLE_TOKEN_URL must begin with"]),
        ({**CLIENT, "token_url": "idcs.example.com"}, ["ORACLE_TOKEN_URL 'idcs.example.com' is"]),
        ({**CLIENT, "token_url": "https://a:b@idcs.example.com"}, ["ORACLE_TOKEN_URL holds"]),
        ({"ca_bundle": "/nowhere.pem"}, ["ORACLE_CA_BUNDLE /nowhere.pem cannot be read"]),
        ({"ca_bundle": __file__}, ["holds no certificates"]),
        ({"proxy": "proxy.example.com:8080"}, ["ORACLE_PROXY"]),
        ({"proxy": "socks5://proxy.example.com"}, ["ORACLE_PROXY"]),
        ({"proxy": "http://me:pa/ss@proxy.example.com"}, ["ORACLE_PROXY"]),
        (
            {"base_url": "", "username": "", "password": "", "page_size": 0, "paging": "x"},
            [
                *("ORACLE_BASE_URL is not set", "ORACLE_USERNAME is not set"),
                *("ORACLE_PASSWORD is not set", "ORACLE_PAGE_SIZE", "ORACLE_PAGING"),
            ],
        ),
    ],
)
def test_all_that_cannot_work_is_named_at_once(values: dict[str, Any], words: list[str]) -> None:
    usual = {"base_url": HOST, "username": "sync", "password": "s3cret"}
    with pytest.raises(OracleConfigError) as caught:
        OracleConfig(**{**usual, **values})
    assert len(caught.value.problems) == len(words)
    for problem, word in zip(caught.value.problems, words, strict=True):
        assert word in problem
        assert problem in str(caught.value)
    assert "pa/ss" not in str(caught.value)


@pytest.mark.parametrize(
    "auth", [CLIENT | {"token_url": HOST}, {"auth": "token", "token_file": "t"}]
)
def test_a_token_needs_no_user_and_no_password(auth: dict[str, str]) -> None:
    config = OracleConfig(base_url=HOST, proxy="http://me:pass@proxy.example.com", **auth)
    assert "secret" not in repr(config).replace("client_secret", "")
    assert "pass@" not in repr(config)


def test_a_relative_path_begins_in_the_project(settings: Settings, tmp_path: Path) -> None:
    settings.BASE_DIR, settings.ORACLE_CA_BUNDLE = tmp_path, "our.pem"
    sync()
    assert f"ORACLE_CA_BUNDLE {tmp_path}/our.pem" in SyncLog.objects.get().error_message
