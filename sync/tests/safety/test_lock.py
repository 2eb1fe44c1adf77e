import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import SyncLog, SyncStatus
from sync.safety.lock import AlreadyRunning, is_sync_running, sync_lock
from sync.tests.builders import oracle_item
from sync.tests.factories import SyncLogFactory
from sync.tests.lock_elsewhere import sync_lock_elsewhere
from sync.tests.scratch_database import ScratchDatabase, scratch_database
from sync.tests.simulator_process import OracleSimulator

LONGEST_WAIT_S = 20
SYNC = [sys.executable, "manage.py", "sync_oracle"]
HOLD_THE_LOCK = """
import django
django.setup()
from sync.safety.lock import AlreadyRunning, sync_lock
try:
    with sync_lock():
        print("has it", flush=True)
        input()
except AlreadyRunning:
    print("too late", flush=True)
"""


# --- within one process -------------------------------------------------------------------------


@pytest.mark.django_db
def test_who_looks_sees_whether_somebody_has_the_lock() -> None:
    assert not is_sync_running()
    with sync_lock():
        assert is_sync_running()
    assert not is_sync_running()


@pytest.mark.django_db
def test_a_run_that_breaks_lets_go_of_the_lock() -> None:
    with pytest.raises(ZeroDivisionError), sync_lock():
        raise ZeroDivisionError
    assert not is_sync_running()


@pytest.mark.django_db
def test_a_running_row_alone_is_no_running_sync() -> None:
    SyncLogFactory(is_running=True)
    assert not is_sync_running()


@pytest.mark.django_db
def test_a_second_run_is_turned_away_and_leaves_no_trace() -> None:
    with sync_lock_elsewhere():
        assert is_sync_running()
        with pytest.raises(AlreadyRunning):
            run_sync(SyncRequest())
    assert not SyncLog.objects.exists()


@pytest.mark.django_db
def test_a_dry_run_looks_beside_a_running_sync(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item()])
    with sync_lock_elsewhere():
        assert run_sync(SyncRequest(dry_run=True)).log.new_records == 1


@pytest.mark.django_db
def test_the_next_run_closes_what_a_dead_one_left_running(oracle: OracleSimulator) -> None:
    dead = SyncLogFactory(is_running=True, process_id=4711, total_fetched=5, new_records=5)
    run_sync(SyncRequest())
    dead.refresh_from_db()
    assert (dead.status, dead.new_records) == (SyncStatus.FAILED, 5)
    assert "(4711) ended without finishing it" in dead.error_message
    assert dead.completed_at


@pytest.mark.django_db
def test_a_dry_run_closes_nothing(oracle: OracleSimulator) -> None:
    dead = SyncLogFactory(is_running=True)
    run_sync(SyncRequest(dry_run=True))
    dead.refresh_from_db()
    assert dead.status == SyncStatus.RUNNING


@pytest.mark.django_db
def test_those_who_only_look_do_not_take_one_another_for_a_sync() -> None:
    seen: list[bool] = []

    def look() -> None:
        seen.extend(is_sync_running() for _ in range(300))
        connection.close()

    lookers = [Thread(target=look) for _ in range(4)]
    for looker in lookers:
        looker.start()
    for looker in lookers:
        looker.join()
    assert seen.count(True) == 0


# --- between processes --------------------------------------------------------------------------


@contextmanager
def holder(database_url: str) -> Iterator[subprocess.Popen[str]]:
    """A process that takes the lock, says how that went, and waits."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK],
        env={
            **os.environ,
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "bqs.settings",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answer_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own lock")
@pytest.mark.parametrize("folder", ["plain", "memory"])
def test_the_lock_stands_between_processes_wherever_the_file_lies(
    tmp_path: Path, folder: str
) -> None:
    (tmp_path / folder).mkdir()
    url = f"sqlite:///{tmp_path / folder / 'db.sqlite3'}"
    with holder(url) as first, holder(url) as second:
        assert {answer_of(first), answer_of(second)} == {"has it", "too late"}


@pytest.fixture
def database() -> Iterator[ScratchDatabase]:
    with scratch_database() as database:
        yield database


@contextmanager
def hanging_sync(
    database: ScratchDatabase, oracle: OracleSimulator
) -> Iterator[subprocess.Popen[str]]:
    """A sync in a process of its own that has written a first page and waits for the second."""
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 11)])
    oracle.faults("hang:seconds=60,after=1")
    process = subprocess.Popen(
        SYNC, env=environment(database, oracle), stderr=subprocess.PIPE, text=True
    )
    try:
        wait_until(lambda: database.rows("SELECT pages FROM sync_logs") == [(1,)])
        yield process
    finally:
        process.kill()
        process.communicate()


def environment(database: ScratchDatabase, oracle: OracleSimulator) -> dict[str, str]:
    return {
        **database.environment,
        **{"ORACLE_BASE_URL": oracle.url, "ORACLE_PAGE_SIZE": "5", "ORACLE_CONCURRENCY": "1"},
        **{"ORACLE_TIMEOUT_S": "30"},
    }


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_WAIT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def another_sync(
    database: ScratchDatabase, oracle: OracleSimulator
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        SYNC, env=environment(database, oracle), capture_output=True, text=True, timeout=60
    )


@pytest.mark.django_db
@pytest.mark.postgres_by_day
def test_a_second_process_is_turned_away_and_a_killed_one_is_cleared_away(
    database: ScratchDatabase, oracle: OracleSimulator
) -> None:
    logs = "SELECT status, new_records, total_fetched FROM sync_logs ORDER BY id"
    with hanging_sync(database, oracle) as first:
        second = another_sync(database, oracle)
        assert (second.returncode, second.stdout) == (75, "")
        assert second.stderr.startswith("A sync is already running, since ")
        assert database.rows(logs) == [("RUNNING", 5, 5)]

        first.send_signal(signal.SIGKILL)
        first.wait()
        assert database.rows(logs) == [("RUNNING", 5, 5)]

    oracle.faults()
    third = another_sync(database, oracle)
    assert third.returncode == 0, third.stderr
    assert database.rows(logs) == [("FAILED", 5, 5), ("SUCCESS", 5, 10)]
    assert database.rows("SELECT count(*) FROM opportunities") == [(10,)]


@pytest.mark.django_db
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_process_closes_its_row_and_keeps_what_it_wrote(
    database: ScratchDatabase, oracle: OracleSimulator, how: signal.Signals
) -> None:
    with hanging_sync(database, oracle) as sync:
        sync.send_signal(how)
        _, payload = sync.communicate(timeout=60)
    assert sync.returncode == 130
    assert payload == "Stopped. What was written is kept; the next run reads the rest.\n"
    (row,) = database.rows("SELECT status, new_records, error_message FROM sync_logs")
    assert row[:2] == ("FAILED", 5)
    assert row[2].startswith("Stopped by hand.")
