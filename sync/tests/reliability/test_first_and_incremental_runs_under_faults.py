"""Every fault meets a first run and an incremental one: what it hides, the next run brings.

Here no row that is known already tells that others were left out, and no overlap helps.
"""

import pytest
from pytest_django import Settings

from sync.models import SyncStatus, SyncType
from sync.tests.refusals import an_hour_passes
from sync.tests.reliability.depth import IS_FULL
from sync.tests.reliability.fault_table import (
    ENDINGS,
    MODES,
    UNSTAMPED,
    UNSTAMPED_AT_FIRST,
)
from sync.tests.reliability.mirror import EXTRA_FIELDS, differences, here
from sync.tests.reliability.scene import (
    made_up_rows,
    oracle_changes_all,
    oracle_moves_on,
    sync,
)
from sync.tests.simulator_process import OracleSimulator

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

CASES = [(mode, fault) for fault in ENDINGS for mode in MODES]
# Neighbours differ in their mode, so that each fault is met, and each mode by every kind.
CASES = CASES if IS_FULL else CASES[:: 2 * len(MODES) + 1]
# What comes after a fault comes on pages of any size.
LARGE_PAGE = 40
every_fault = pytest.mark.parametrize(("mode", "fault"), CASES)


@pytest.fixture
def impatient(oracle: OracleSimulator, settings: Settings) -> OracleSimulator:
    settings.ORACLE_EXTRA_FIELDS, settings.SYNC_OVERLAP_S = EXTRA_FIELDS, 0
    settings.ORACLE_PAGE_SIZE, settings.ORACLE_TIMEOUT_S = 10, 0.4
    settings.ORACLE_MAX_ATTEMPTS, settings.ORACLE_BACKOFF_S = 5, 0.001
    oracle.serve(made_up_rows())
    return oracle


@every_fault
def test_what_a_fault_keeps_from_a_first_run_comes_with_the_next(
    impatient: OracleSimulator, settings: Settings, mode: str, fault: str
) -> None:
    settings.ORACLE_PAGING, settings.ORACLE_CONCURRENCY = MODES[mode]
    impatient.faults(fault)
    sync()
    impatient.faults()
    an_hour_passes()
    settings.ORACLE_PAGE_SIZE = LARGE_PAGE
    assert_the_next_runs_bring_all(impatient, unseen=fault.startswith(UNSTAMPED_AT_FIRST))


@every_fault
def test_what_a_fault_keeps_from_an_incremental_run_comes_with_the_next(
    impatient: OracleSimulator, settings: Settings, mode: str, fault: str
) -> None:
    sync()
    oracle_changes_all(impatient)
    oracle_moves_on(impatient)
    settings.ORACLE_PAGING, settings.ORACLE_CONCURRENCY = MODES[mode]
    impatient.faults(fault)
    assert sync().sync_type == SyncType.INCREMENTAL
    impatient.faults()
    an_hour_passes()
    settings.ORACLE_PAGE_SIZE = LARGE_PAGE
    assert_the_next_runs_bring_all(impatient, unseen=fault.startswith(UNSTAMPED))


def assert_the_next_runs_bring_all(oracle: OracleSimulator, *, unseen: bool) -> None:
    """
    Args:
        unseen: the fault told a lie that only a full run sees through.
    """
    assert sync().status == SyncStatus.SUCCESS
    if not unseen:
        # Only a full run may notice that a record is gone.
        assert set(differences(oracle.rows(), here).values()) <= {"only in the mirror"}
    assert sync(sync_type=SyncType.FULL).status == SyncStatus.SUCCESS
    assert not differences(oracle.rows(), here)
