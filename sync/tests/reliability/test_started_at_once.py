import subprocess
from collections.abc import Iterator

import pytest

from sync.tests.reliability.mirror import differences
from sync.tests.reliability.processes import (
    SyncProcesses,
    ended,
    wait_until,
    watched_running_rows,
)
from sync.tests.reliability.scene import made_up_rows
from sync.tests.scratch_database import ScratchDatabase, scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db


@pytest.fixture
def database() -> Iterator[ScratchDatabase]:
    with scratch_database() as database:
        yield database


@pytest.mark.parametrize("count", [2, 10])
def test_of_syncs_started_at_once_one_runs_and_the_others_write_nothing(
    database: ScratchDatabase, oracle: OracleSimulator, count: int
) -> None:
    oracle.serve(made_up_rows(120))
    # The one that runs is held up until all the others have had their try.
    oracle.faults("hang:seconds=2,times=0")
    syncs = SyncProcesses(database, oracle, ORACLE_CONCURRENCY="1", ORACLE_TIMEOUT_S="60")
    with watched_running_rows(database.rows) as seen:
        processes = [syncs.start() for _ in range(count)]
        turned_away = wait_for_all_but_one(processes)
        oracle.faults()
        (running,) = (each for each in processes if each not in turned_away)
        assert ended(running).returncode == 0

    for process in turned_away:
        late = ended(process)
        assert (late.returncode, late.stdout) == (75, "")
        assert late.stderr.startswith("A sync is already running")
    assert database.rows("SELECT process_id, status FROM sync_logs") == [(running.pid, "SUCCESS")]
    assert not differences(oracle.rows(), database.rows)
    assert max(seen) == 1


def wait_for_all_but_one(processes: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    wait_until(lambda: sum(each.poll() is not None for each in processes) >= len(processes) - 1)
    return [each for each in processes if each.poll() is not None]
