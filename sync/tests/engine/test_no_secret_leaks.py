import base64
import logging
import subprocess
import sys
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from pytest_django import Settings

from sync.engine.refresh import refresh_opportunity
from sync.models import RejectedRecord, SyncLog
from sync.oracle.errors import OracleError
from sync.tests.builders import oracle_item
from sync.tests.scratch_database import scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

CANARY = "canary-Zy8:x/q"
SECRETS = [
    CANARY,
    base64.b64encode(f"simulator:{CANARY}".encode()).decode(),
    # As it would stand in an address.
    "canary-Zy8%3Ax%2Fq",
]
TROUBLES = [
    *("new-field", "overflow:rows=1", "forbidden:after=1", "not-found", "html", "redirect"),
    *("error-500:times=0", "bad-json:times=0", "reset:times=0", "not-a-page", "page-repeated"),
]


@pytest.fixture(scope="module")
def canary_process() -> Any:
    with OracleSimulator("--rows", "0", "--password", CANARY) as process:
        yield process


@pytest.fixture
def canary_oracle(canary_process: OracleSimulator, settings: Settings) -> OracleSimulator:
    """An Oracle whose password is the canary."""
    canary_process.reset()
    canary_process.serve([oracle_item(OptyId=n) for n in range(1, 6)])
    settings.ORACLE_BASE_URL = canary_process.url
    settings.ORACLE_PASSWORD = CANARY
    settings.ORACLE_CONCURRENCY = 1
    settings.ORACLE_PAGE_SIZE = 2
    return canary_process


def said_by_sync(*arguments: str) -> str:
    out, err = StringIO(), StringIO()
    with suppress(SystemExit):
        call_command("sync_oracle", "--verbosity", "3", *arguments, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def all_tables() -> str:
    rows = [row for model in apps.get_models() for row in model._default_manager.values()]
    return repr(rows)


def assert_no_secret(*texts: str) -> None:
    for secret in SECRETS:
        for text in texts:
            assert secret not in text


@pytest.mark.shared_out
@pytest.mark.parametrize("arguments", [[], ["--json"], ["--dry-run"]])
@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_password_is_in_no_output_log_or_table(
    canary_oracle: OracleSimulator,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
    arguments: list[str],
) -> None:
    canary_oracle.faults(trouble)
    with caplog.at_level(logging.DEBUG):
        payload = said_by_sync(*arguments)
    assert payload
    assert "GET" in caplog.text
    assert_no_secret(payload, caplog.text, all_tables())


def test_a_refused_password_is_not_repeated(
    oracle: OracleSimulator, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ORACLE_PASSWORD = CANARY
    with caplog.at_level(logging.DEBUG):
        payload = said_by_sync()
    assert "ORACLE_PASSWORD" in payload
    assert_no_secret(payload, caplog.text, all_tables())


# --- other ways to sign in, and the way there ---------------------------------------------------


def fetching_tokens(oracle: OracleSimulator, settings: Settings) -> None:
    settings.ORACLE_AUTH, settings.ORACLE_PASSWORD = "client_credentials", ""
    settings.ORACLE_TOKEN_URL = oracle.url + "/oauth2/v1/token"
    settings.ORACLE_CLIENT_ID, settings.ORACLE_CLIENT_SECRET = "simulator", CANARY


@pytest.mark.shared_out
@pytest.mark.parametrize("trouble", [*TROUBLES, "unauthorized:on=all"])
def test_neither_client_secret_nor_token_is_told(
    canary_oracle: OracleSimulator,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
) -> None:
    fetching_tokens(canary_oracle, settings)
    canary_oracle.tenant(f"bearer:secret={CANARY},token={CANARY}")
    canary_oracle.faults(trouble)
    with caplog.at_level(logging.DEBUG):
        payload = said_by_sync()
    assert "GET" in caplog.text
    assert_no_secret(payload, caplog.text, all_tables())
    assert "Bearer" not in payload + caplog.text


@pytest.mark.parametrize("path", ["/oauth2/v1/token", "/nothing-here"])
def test_a_refused_client_secret_is_not_repeated(
    canary_oracle: OracleSimulator,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    path: str,
) -> None:
    fetching_tokens(canary_oracle, settings)
    settings.ORACLE_TOKEN_URL = canary_oracle.url + path
    canary_oracle.tenant("bearer")
    with caplog.at_level(logging.DEBUG):
        payload = said_by_sync() + said_by_sync()
    assert "ORACLE_CLIENT_SECRET" in payload or "ORACLE_TOKEN_URL" in payload
    assert_no_secret(payload, caplog.text, all_tables())


@pytest.mark.parametrize(
    "content", [CANARY, f"Bearer {CANARY}", f"{CANARY}\n{CANARY}", f"{CANARY}é"]
)
def test_what_the_token_file_holds_is_not_told(
    canary_oracle: OracleSimulator,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    content: str,
) -> None:
    file = tmp_path / "token"
    file.write_text(content)
    settings.ORACLE_AUTH, settings.ORACLE_TOKEN_FILE = "token", str(file)
    canary_oracle.tenant("bearer")
    with caplog.at_level(logging.DEBUG):
        payload = said_by_sync() + said_by_sync()
    assert "ORACLE_TOKEN_FILE" in payload
    assert_no_secret(payload, caplog.text, all_tables())


@pytest.mark.parametrize("host", ["127.0.0.1:9", "[::1", "", "127.0.0.1:port"])
@pytest.mark.parametrize("password", [CANARY, "canary-Zy8%3Ax%2Fq"])
def test_the_proxys_password_is_not_told(
    canary_oracle: OracleSimulator,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    host: str,
    password: str,
) -> None:
    settings.ORACLE_PROXY = f"http://simulator:{password}@{host}"
    with caplog.at_level(logging.DEBUG):
        payload = said_by_sync()
    assert "ORACLE_PROXY" in payload
    assert_no_secret(payload, caplog.text, all_tables())


@pytest.mark.parametrize("setting", ["ORACLE_TOKEN_URL", "ORACLE_BASE_URL"])
def test_a_client_secret_in_an_address_is_not_told(
    canary_oracle: OracleSimulator,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    setting: str,
) -> None:
    fetching_tokens(canary_oracle, settings)
    setattr(settings, setting, f"https://simulator:{CANARY}@crm.example.com/token")
    with caplog.at_level(logging.DEBUG):
        payload = said_by_sync()
    assert setting in payload
    assert_no_secret(payload, caplog.text, all_tables())


@pytest.mark.parametrize(
    "address",
    [
        f"https://simulator:{CANARY}@crm.example.com",
        f"simulator:{CANARY}@crm.example.com",
        f"http://simulator:{CANARY}@[::1",
        f"ftp://simulator:{CANARY}@crm.example.com/a@b",
    ],
)
def test_a_password_written_into_the_address_is_not_shown(
    settings: Settings, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ORACLE_BASE_URL = address
    with caplog.at_level(logging.DEBUG):
        payload = said_by_sync()
    assert "ORACLE_BASE_URL" in SyncLog.objects.get().error_message
    assert_no_secret(payload, caplog.text, all_tables())


@pytest.mark.parametrize("trouble", ["new-field", "error-500:times=0,on=all", "forbidden:on=all"])
def test_a_refresh_leaks_no_password_either(
    canary_oracle: OracleSimulator, caplog: pytest.LogCaptureFixture, trouble: str
) -> None:
    canary_oracle.faults(trouble)
    payload = ""
    with caplog.at_level(logging.DEBUG):
        try:
            refresh_opportunity("1")
        except OracleError as error:
            payload = repr(error) + str(error)
    assert_no_secret(payload, caplog.text, all_tables())


def test_a_rejected_record_is_named_in_the_log_without_its_contents(
    canary_oracle: OracleSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    canary_oracle.edit(oracle_item(OptyId=9, Name="Confidential deal", Revenue="much"))
    with caplog.at_level(logging.DEBUG, logger="sync"):
        payload = said_by_sync()
    assert RejectedRecord.objects.exists()
    assert "Confidential" not in payload + caplog.text


@pytest.mark.parametrize("trouble", ["new-field", "error-500:times=0"])
def test_a_real_process_that_logs_everything_leaks_nothing(
    canary_oracle: OracleSimulator, trouble: str
) -> None:
    canary_oracle.faults(trouble)
    with scratch_database() as database:
        ended = subprocess.run(
            [sys.executable, "manage.py", "sync_oracle", "--verbosity", "3", "--traceback"],
            env={
                **database.environment,
                **{"ORACLE_BASE_URL": canary_oracle.url, "ORACLE_PASSWORD": CANARY},
                **{"LOG_LEVEL": "DEBUG", "DEBUG": "true"},
            },
            capture_output=True,
            text=True,
        )
        logs = database.rows("SELECT * FROM sync_logs")
    assert "GET /crmRestApi" in ended.stderr
    assert_no_secret(ended.stdout, ended.stderr, repr(logs))
