"""Share a migrated database and one Oracle simulator among the tests of every app."""

import gc
import os
import signal
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase
from factory.django import DjangoModelFactory
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.plugin import blocking_manager_key

from bqs.tests.unread_answers import close_unread_answers
from opportunities.models import policy
from sync.tests.late_readers import await_late_readers
from sync.tests.migrated_template import (
    begin_with_migrated_tables,
    forget_this_run,
    name_this_run,
)
from sync.tests.reliability.depth import IS_FULL
from sync.tests.simulator_process import OracleSimulator

# Folders of tests of pages and commands, and of rules whose queries other tests try on PostgreSQL.
SQLITE_TRIES_ALL = (
    *("admin", "admin_site", "management", "record"),
    *("authority", "decisions", "drafts", "sign_in", "workflow"),
)
# Each database gets one of so many cases, and another one than the other.
SHARE = 16
# Whether PostgreSQL has its turn, too, as in .ci/run: then SQLite tries of what that tries whole
# one test of so many.
POSTGRES_FOLLOWS = os.environ.get("POSTGRES_FOLLOWS") == "yes"
SHARE_OF_THE_SAME = 4
# Of half a minute and more; begun last, they would be waited for by one worker alone.
BEGIN_FIRST = ("test_demo.py", "test_hostile_input.py", "test_kill_nine.py", "test_check_oracle.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures", help="A folder in which the browser tests leave pictures of every page."
    )


def pytest_configure() -> None:
    # Started in the background, tests ignore Ctrl-C, and whatever they start would do so, too.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    name_this_run()
    # A test with real transactions empties no tables, one by one: they are copied anew after it.
    TransactionTestCase._fixture_teardown = lambda self: None
    # Else each new test client looks through all static files, as a server does at its start.
    settings.WHITENOISE_AUTOREFRESH = True
    # No test gets an answer of the API that its schema does not describe.
    settings.MIDDLEWARE.insert(0, "bqs.tests.described_answers.DescribedAnswersMiddleware")
    settings.MIDDLEWARE.insert(0, "bqs.tests.unread_answers.UnreadAnswersMiddleware")
    # A machine that does much else takes long for anything.
    for kind in ("LIST", "ADMIN", "EXPORT", "REQUEST"):
        setattr(settings, f"{kind}_TIMEOUT_S", 0)
    # Who reads the policy anew, a query more, depends on how long the tests take.
    settings.POLICY_FRESH_S = float("inf")
    # A password is made slow to guess on purpose, half a second each time.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure() -> None:
    forget_this_run()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the other database runs: see "Which cases run where" in docs/testing.md."""
    items.sort(key=lambda item: item.path.name not in BEGIN_FIRST)
    if IS_FULL:
        return
    is_postgres = connection.vendor == "postgresql"
    left_out = _share_out(items, _is_case, SHARE, is_postgres)
    if is_postgres:
        left_out |= _share_out(items, _is_single, SHARE, is_postgres)
        left_out |= _marked(items, "any_database")
    elif POSTGRES_FOLLOWS:
        left_out |= _share_out(items, _is_the_same, SHARE_OF_THE_SAME, is_postgres)
        left_out |= _marked(items, "postgres_by_day")
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=[*left_out])


def pytest_collection_finish() -> None:
    # To look for garbage costs a fifteenth of the time, and finds little.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _share_out(
    items: list[pytest.Item], is_one: Callable[[pytest.Item], bool], share: int, is_postgres: bool
) -> set[pytest.Item]:
    """Return those that this database leaves out; the other one tries others."""
    # Items come in another order each time.
    shared = sorted(filter(is_one, items), key=lambda item: item.nodeid)
    return {item for n, item in enumerate(shared) if n % share != is_postgres}


def _marked(items: list[pytest.Item], marker: str) -> set[pytest.Item]:
    return {item for item in items if item.get_closest_marker(marker)}


def _is_case(item: pytest.Item) -> bool:
    """Tell one of many cases that use a database, or are marked to be shared out."""
    if not hasattr(item, "callspec"):
        return False
    if item.get_closest_marker("shared_out"):
        return True
    uses_database = item.get_closest_marker("django_db") is not None
    # What only one database can run, or only one should.
    return uses_database and not any(map(item.get_closest_marker, ("skipif", "any_database")))


def _is_single(item: pytest.Item) -> bool:
    """Tell a single test of such a folder; SQLite runs all of them, but what only one can run."""
    is_shared = item.path.parent.name in SQLITE_TRIES_ALL and not _is_case(item)
    return is_shared and not item.get_closest_marker("skipif")


def _is_the_same(item: pytest.Item) -> bool:
    """Tell a test that PostgreSQL tries in any case."""
    uses_database = item.get_closest_marker("django_db") is not None
    is_of_one = any(map(item.get_closest_marker, ("skipif", "any_database")))
    return uses_database and not (is_of_one or _is_case(item) or _is_single(item))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    connection.settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        begin_with_migrated_tables()


def pytest_runtest_setup() -> None:
    """Begin as if no test had been before: factories number from 0, nothing is known or kept."""
    policy.forget()
    for kept in ("default", "figures"):
        caches[kept].clear()
    factories = DjangoModelFactory.__subclasses__()
    while factories:
        factory = factories.pop()
        factories += factory.__subclasses__()
        factory.reset_sequence(0, force=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Put back what a test with real transactions left of the tables: nothing.

    After the last one the tests' database is gone, and the connection's is the settings' own.
    """
    # Before the database is taken away: to give a slot back is a query.
    uses_database = "db" in item.fixturenames or _has_real_transactions(item)
    if uses_database or item.get_closest_marker("django_db"):
        with item.config.stash[blocking_manager_key].unblock():
            close_unread_answers()
    yield
    if nextitem and _has_real_transactions(item):
        with item.config.stash[blocking_manager_key].unblock():
            begin_with_migrated_tables()


def _has_real_transactions(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"}.intersection(fixtures)
    return bool(asked or (marker and marker.kwargs.get("transaction")))


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
