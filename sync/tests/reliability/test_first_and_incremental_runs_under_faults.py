"""Every fault meets a first run and an incremental one: what it hides, the next run brings.

Here no row that is known already tells that others were left out, and no overlap helps.
"""

from datetime import timedelta

import pytest
from pytest_django import Settings

from sync.models import SyncStatus, SyncType
from sync.tests.reliability.depth import IS_FULL
from sync.tests.reliability.fault_table import ENDINGS, MODES, UNSTAMPED, Ending, ending_of
from sync.tests.reliability.mirror import EXTRA_FIELDS, differences, here
from sync.tests.reliability.scene import NOON, made_up_rows, sync
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

CASES = [(mode, fault) for fault in ENDINGS for mode in MODES]
# Neighbours differ in their mode, so that each fault is met, and each mode by every kind.
CASES = CASES if IS_FULL else CASES[:: len(MODES) + 1]
every_fault = pytest.mark.parametrize(("mode", "fault"), CASES)


@pytest.fixture
def impatient(oracle: OracleSimulator, settings: Settings) -> OracleSimulator:
    settings.ORACLE_EXTRA_FIELDS, settings.SYNC_OVERLAP_S = EXTRA_FIELDS, 0
    settings.ORACLE_PAGE_SIZE, settings.ORACLE_TIMEOUT_S = 10, 0.4
    settings.ORACLE_MAX_ATTEMPTS, settings.ORACLE_BACKOFF_S = 5, 0.001
    oracle.serve(made_up_rows())
    return oracle
