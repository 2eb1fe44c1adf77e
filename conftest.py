"""What tests of every app share: one Oracle simulator for the whole session."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from pytest_django import Settings

from sync.tests.late_readers import await_late_readers
from sync.tests.simulator_process import OracleSimulator


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures", help="A folder in which the browser tests leave pictures of every page."
    )


def pytest_configure() -> None:
    # Else each new test client looks through all static files, as a server does at its start.
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def oracle_process() -> Iterator[OracleSimulator]:
    with OracleSimulator() as process:
        yield process


@pytest.fixture
def oracle(oracle_process: OracleSimulator, settings: Settings) -> OracleSimulator:
    """An Oracle without a row or a fault, which the settings point at."""
    await_late_readers()
    oracle_process.reset()
    oracle_process.serve([])
    settings.ORACLE_BASE_URL = oracle_process.url
    # One reader: which of the answers a fault meets must be certain.
    settings.ORACLE_CONCURRENCY = 1
    return oracle_process
