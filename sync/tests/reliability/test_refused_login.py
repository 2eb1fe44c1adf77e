"""A login that is refused is not tried on: accounts lock."""

import pytest
from pytest_django import Settings

from sync.models import SyncStatus
from sync.tests.builders import oracle_item
from sync.tests.late_readers import await_late_readers
from sync.tests.reliability.scene import sync
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

READERS = 4


@pytest.fixture
def strict_oracle(oracle: OracleSimulator, settings: Settings) -> OracleSimulator:
    settings.ORACLE_CONCURRENCY, settings.ORACLE_PAGE_SIZE = READERS, 5
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 201)])
    return oracle


def refusals(oracle: OracleSimulator) -> int:
    return sum(each["status"] == 401 for each in oracle.requests())


def test_a_wrong_password_is_sent_once(strict_oracle: OracleSimulator, settings: Settings) -> None:
    settings.ORACLE_PASSWORD = "wrong"
    assert sync().status == SyncStatus.FAILED
    await_late_readers()
    assert refusals(strict_oracle) == len(strict_oracle.requests()) == 1


def test_in_the_middle_of_a_run_no_reader_asks_again(strict_oracle: OracleSimulator) -> None:
    strict_oracle.latency(20)
    strict_oracle.faults("unauthorized:after=6")
    log = sync()
    assert log.status == SyncStatus.PARTIAL
    assert "refused the login" in log.error_message
    await_late_readers()
    # What the others had asked already cannot be taken back.
    assert 1 <= refusals(strict_oracle) <= READERS


def test_a_reader_that_waits_to_try_again_does_not_when_another_was_refused(
    strict_oracle: OracleSimulator, settings: Settings
) -> None:
    strict_oracle.latency(20)
    strict_oracle.faults("throttle:after=6,seconds=1,times=3", "unauthorized:after=9")
    assert sync().status == SyncStatus.PARTIAL
    await_late_readers()
    assert refusals(strict_oracle) == 1
