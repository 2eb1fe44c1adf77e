"""Oracle behind a company's own certificates and behind its proxy."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from sync.models import SyncLog, SyncStatus
from sync.tests.builders import oracle_item
from sync.tests.company_network import Certificates, certificates, proxy
from sync.tests.reliability.scene import sync
from sync.tests.scratch_database import scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.shared_out]


@pytest.fixture(scope="module")
def own_certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def safe_process(own_certificates: Certificates) -> Iterator[OracleSimulator]:
    with OracleSimulator(
        *("--rows", "0", "--certificate", own_certificates.server),
        trusting=own_certificates.authority,
    ) as process:
        yield process


@pytest.fixture
def safe_oracle(safe_process: OracleSimulator, settings: Settings) -> OracleSimulator:
    """An Oracle that speaks https, with a certificate that the company made."""
    safe_process.reset()
    safe_process.serve([oracle_item(OptyId=n) for n in range(1, 6)])
    settings.ORACLE_BASE_URL = safe_process.url
    settings.ORACLE_PAGE_SIZE = 2
    return safe_process


@pytest.fixture
def trusted_oracle(
    safe_oracle: OracleSimulator, own_certificates: Certificates, settings: Settings
) -> OracleSimulator:
    settings.ORACLE_CA_BUNDLE = own_certificates.authority
    return safe_oracle


@pytest.fixture(scope="module")
def open_proxy() -> Iterator[str]:
    with proxy() as address:
        yield address


@pytest.fixture(scope="module")
def closed_proxy() -> Iterator[str]:
    """One that wants a user and a password with odd signs."""
    with proxy("--basic-auth", "me:p@ss/wörd€") as address:
        yield address


# --- certificates -------------------------------------------------------------------------------


def test_the_companys_certificates_are_trusted_where_the_setting_names_them(
    trusted_oracle: OracleSimulator,
) -> None:
    assert sync().status == SyncStatus.SUCCESS


def test_without_them_the_sentence_names_the_setting(safe_oracle: OracleSimulator) -> None:
    log = sync()
    assert log.status == SyncStatus.FAILED
    assert "no certificate we can trust: check ORACLE_BASE_URL" in log.error_message
    assert "in ORACLE_CA_BUNDLE" in log.error_message
    assert log.requests == 1


def test_a_file_with_other_certificates_is_named(
    safe_oracle: OracleSimulator, settings: Settings, tmp_path: Path
) -> None:
    settings.ORACLE_CA_BUNDLE = certificates(tmp_path).authority
    assert "that the file of ORACLE_CA_BUNDLE vouches for" in sync().error_message


def test_a_file_that_is_not_there_is_named_before_anything_is_asked(
    safe_oracle: OracleSimulator, settings: Settings, tmp_path: Path
) -> None:
    settings.ORACLE_CA_BUNDLE = str(tmp_path / "none.pem")
    log = sync()
    assert log.error_message == (
        f"ORACLE_CA_BUNDLE {tmp_path}/none.pem cannot be read: No such file or directory."
    )
    assert log.requests == 0


def test_the_setting_wins_over_the_environment(
    trusted_oracle: OracleSimulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", certificates(tmp_path).authority)
    assert sync().status == SyncStatus.SUCCESS


def test_the_environments_certificates_count_where_there_is_no_setting(
    safe_oracle: OracleSimulator,
    own_certificates: Certificates,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", own_certificates.authority)
    assert sync().status == SyncStatus.SUCCESS


# --- proxy --------------------------------------------------------------------------------------


def test_oracle_is_reached_through_a_proxy(
    trusted_oracle: OracleSimulator, open_proxy: str, settings: Settings
) -> None:
    settings.ORACLE_PROXY, settings.ORACLE_CONCURRENCY = f"http://{open_proxy}", 2
    log = sync()
    assert (log.status, log.total_fetched) == (SyncStatus.SUCCESS, 5)


def test_without_https_the_proxy_is_asked_as_well(
    oracle: OracleSimulator, open_proxy: str, settings: Settings
) -> None:
    oracle.serve([oracle_item()])
    settings.ORACLE_PROXY = f"http://{open_proxy}"
    assert sync().status == SyncStatus.SUCCESS
    assert any("proxy.py" in each["headers"].get("Via", "") for each in oracle.requests())


def test_a_proxy_gets_its_user_and_password(
    trusted_oracle: OracleSimulator, closed_proxy: str, settings: Settings
) -> None:
    settings.ORACLE_PROXY = f"http://me:p%40ss%2Fw%C3%B6rd%E2%82%AC@{closed_proxy}"
    assert sync().status == SyncStatus.SUCCESS


@pytest.mark.parametrize("login", ["", "me:wrong-one@"])
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_a_proxy_that_wants_another_login_is_named_and_asked_once(
    trusted_oracle: OracleSimulator,
    oracle_process: OracleSimulator,
    closed_proxy: str,
    settings: Settings,
    scheme: str,
    login: str,
) -> None:
    if scheme == "http":
        settings.ORACLE_BASE_URL = oracle_process.url
    settings.ORACLE_PROXY = f"http://{login}{closed_proxy}"
    log = sync()
    assert (log.status, log.requests) == (SyncStatus.FAILED, 1)
    assert f"The proxy {closed_proxy} wants a user and a password" in log.error_message
    assert "(407): write them into ORACLE_PROXY" in log.error_message
    assert "wrong-one" not in log.error_message


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_a_proxy_that_is_not_there_is_named_and_not_oracle(
    trusted_oracle: OracleSimulator,
    oracle_process: OracleSimulator,
    settings: Settings,
    scheme: str,
) -> None:
    if scheme == "http":
        settings.ORACLE_BASE_URL = oracle_process.url
    settings.ORACLE_PROXY = "http://me:word@127.0.0.1:9"
    assert sync().error_message == (
        "The proxy at 127.0.0.1:9 did not give an answer in 3 attempts (nothing listens there): "
        "check ORACLE_PROXY and the network, or try again later."
    )


def test_a_proxy_that_refuses_oracles_host_is_named(
    trusted_oracle: OracleSimulator, settings: Settings
) -> None:
    plugin = "proxy.plugin.FilterByUpstreamHostPlugin"
    with proxy("--plugins", plugin, "--filtered-upstream-hosts", "127.0.0.1") as address:
        settings.ORACLE_PROXY = f"http://{address}"
        log = sync()
    assert f"The proxy {address} refuses to connect us to 127.0.0.1:" in log.error_message
    assert "change ORACLE_PROXY" in log.error_message


def test_the_environments_proxy_is_not_for_this_machine(
    oracle: OracleSimulator, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    oracle.serve([oracle_item()])
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert sync().status == SyncStatus.SUCCESS


def test_the_environments_proxy_is_named_where_it_fails(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ORACLE_BASE_URL = "https://crm.example.com"
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert "The proxy at 127.0.0.1:9" in (message := sync().error_message)
    assert "check HTTPS_PROXY" in message


@pytest.mark.parametrize("missing", ["proxy", "certificates"])
def test_tokens_take_the_same_way(
    trusted_oracle: OracleSimulator, closed_proxy: str, settings: Settings, missing: str
) -> None:
    trusted_oracle.tenant("bearer")
    settings.ORACLE_AUTH = "client_credentials"
    settings.ORACLE_TOKEN_URL = trusted_oracle.url + "/oauth2/v1/token"
    settings.ORACLE_CLIENT_ID = settings.ORACLE_CLIENT_SECRET = "simulator"
    settings.ORACLE_PROXY = f"http://me:p%40ss%2Fw%C3%B6rd%E2%82%AC@{closed_proxy}"
    assert sync().status == SyncStatus.SUCCESS
    if missing == "proxy":
        settings.ORACLE_PROXY = f"http://{closed_proxy}"
    else:
        settings.ORACLE_CA_BUNDLE = ""
    message = sync().error_message
    assert ("ORACLE_PROXY" if missing == "proxy" else "check ORACLE_TOKEN_URL") in message


def test_both_count_in_a_process_that_knows_the_env_file_only(
    safe_oracle: OracleSimulator, own_certificates: Certificates, closed_proxy: str
) -> None:
    """As under cron."""
    with scratch_database() as database:
        ended = subprocess.run(
            [sys.executable, "manage.py", "sync_oracle", "--trigger", "CRON", "--json"],
            env={
                **database.environment,
                "ORACLE_BASE_URL": safe_oracle.url,
                "ORACLE_CA_BUNDLE": own_certificates.authority,
                "ORACLE_PROXY": f"http://me:p%40ss%2Fw%C3%B6rd%E2%82%AC@{closed_proxy}",
            },
            capture_output=True,
            text=True,
        )
    assert ended.returncode == 0, ended.stderr
    assert not SyncLog.objects.exists()
