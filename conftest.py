"""What tests of every app share: a migrated database and one Oracle simulator for the session."""

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from sync.tests.late_readers import await_late_readers
from sync.tests.migrated_template import (
    forget_this_run,
    migrated_file,
    migrated_name,
    name_this_run,
)
from sync.tests.reliability.depth import IS_FULL
from sync.tests.simulator_process import OracleSimulator


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures", help="A folder in which the browser tests leave pictures of every page."
    )


def pytest_configure() -> None:
    # Started in the background, tests ignore Ctrl-C, and whatever they start would do so, too.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    name_this_run()
    # Else each new test client looks through all static files, as a server does at its start.
    settings.WHITENOISE_AUTOREFRESH = True
    # No test gets an answer of the API that its schema does not describe.
    settings.MIDDLEWARE.insert(0, "bqs.tests.described_answers.DescribedAnswersMiddleware")
    # A password is made slow to guess on purpose, half a second each time.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure() -> None:
    forget_this_run()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a test's many cases, if it is marked so: every other one, on each database the others."""
    if IS_FULL:
        return
    cases = [item for item in items if item.get_closest_marker("shared_out") and _is_case(item)]
    # Items come in another order each time.
    cases.sort(key=lambda item: item.nodeid)
    left_out = {*cases[connection.vendor == "postgresql" :: 2]}
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=[*left_out])


def _is_case(item: pytest.Item) -> bool:
    return hasattr(item, "callspec")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    connection.settings_dict["TEST"]["MIGRATE"] = False
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_name()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """SQLite has no templates: the copy takes the place of what was made."""
    if connection.vendor == "sqlite":
        template = closing(sqlite3.connect(migrated_file()))
        with django_db_blocker.unblock(), template as migrated:
            migrated.backup(connection.connection)
    ContentType.objects.clear_cache()


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
