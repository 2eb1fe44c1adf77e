import pytest

from sync.tests.reliability.depth import IS_FULL
from sync.tests.reliability.mirror import differences
from sync.tests.reliability.scene import made_up_rows
from sync.tests.reliability.soak import Day, follower, wait_for_history
from sync.tests.scratch_database import scratch_database
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db


@pytest.mark.postgres_by_day
def test_a_process_that_follows_oracle_for_hours_sees_each_change_once(
    oracle: OracleSimulator,
) -> None:
    oracle.serve(made_up_rows(3000 if IS_FULL else 500))
    day = Day(oracle, hours=24, seconds=120) if IS_FULL else Day(oracle, hours=1, seconds=4)
    with scratch_database() as database:
        database.manage("sync_oracle", ORACLE_BASE_URL=oracle.url)
        with follower(day, database.environment) as process:
            for _ in day.passes():
                assert process.poll() is None
            assert wait_for_history(day, database.rows) == day.changes
            process.terminate()
            assert process.wait(timeout=20) == 0
        assert not differences(oracle.rows(), database.rows, but=["extra"])
        assert database.rows("SELECT count(*) FROM sync_logs WHERE status = 'RUNNING'") == [(0,)]
