"""Random histories of Oracle, people and syncs: whatever comes together, nothing is lost.

Which test looks after which property of a sync:

P1  after any crash and a clean run, mirror = source      here, test_fault_matrix, test_kill_nine
P2  a second clean run changes nothing                    here, test_fault_matrix
P3  what people own is bit-identical                      here, test_fault_matrix, test_kill_nine
P4  the watermark never passes an unseen change           here, test_watermark_boundaries
P5  never more than one RUNNING row                       here, test_kill_nine, test_started_at_once
P6  no secret anywhere                                    sync/tests/engine/test_no_secret_leaks.py
P7  rejected records are in quarantine and in the counts  here, test_fault_matrix
P8  killed at any statement, the next run recovers        here, test_kill_nine, test_run.py
P9  an empty or filtered answer removes nothing           here, test_fault_matrix, test_removals.py
P10 each alert fires once                                 there are no alerts yet
"""

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from sync.tests.reliability.decisions import forget_everything
from sync.tests.reliability.depth import IS_FULL
from sync.tests.reliability.history import PLACES, History
from sync.tests.reliability.mirror import EXTRA_FIELDS
from sync.tests.simulator_process import OracleSimulator

STEPS = sorted(name for name in vars(History) if not name.startswith(("_", "check")))
# Most of the time deals change, are decided and synced; the rest happens now and then.
OFTEN = ["oracle_adds_or_edits", "time_passes", "sync_as_planned"] * 5
OFTEN += ["oracle_closes", "oracle_reopens", "people_decide"] * 2
histories = st.lists(
    st.tuples(st.sampled_from([*STEPS, *OFTEN]), st.integers(0, PLACES - 1)),
    min_size=8,
    max_size=60 if IS_FULL else 40,
)


@pytest.fixture(params=["keyset", "offset"])
def paged_oracle(
    request: pytest.FixtureRequest, oracle: OracleSimulator, settings: Settings
) -> OracleSimulator:
    """Read in small pages, and without an overlap, which would hide a watermark gone too far."""
    settings.ORACLE_PAGE_SIZE, settings.SYNC_OVERLAP_S = 2, 0
    settings.ORACLE_PAGING, settings.ORACLE_EXTRA_FIELDS = request.param, EXTRA_FIELDS
    return oracle


@pytest.mark.django_db
@pytest.mark.shared_out
@given(steps=histories)
@settings(
    max_examples=1500 if IS_FULL else 25,
    derandomize=not IS_FULL,
    database=None,
    deadline=None,
    # Each history begins by emptying what it works on.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_nothing_is_lost_whatever_happens_in_whatever_order(
    paged_oracle: OracleSimulator, steps: list[tuple[str, int]]
) -> None:
    forget_everything()
    history = History(paged_oracle, User.objects.create(username="architect").pk)
    for name, place in steps:
        getattr(history, name)(place)
        history.check_always()
    history.check_end()
