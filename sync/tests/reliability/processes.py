"""`manage.py sync_oracle` as a process of its own, on a scratch database and a simulator."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from sync.tests import warm_python
from sync.tests.reliability.mirror import EXTRA_FIELDS, Query
from sync.tests.scratch_database import PROJECT, ScratchDatabase
from sync.tests.simulator_process import OracleSimulator

LONGEST_WAIT_S = 60
POLL_S = 0.02
MANAGE = ("manage.py",)


class SyncProcesses:
    """Starts syncs of one Oracle into one database."""

    def __init__(self, database: ScratchDatabase, oracle: OracleSimulator, **more: str) -> None:
        self._environment = {
            **database.environment,
            "DJANGO_SETTINGS_MODULE": "bqs.settings",
            "ORACLE_BASE_URL": oracle.url,
            "ORACLE_PAGE_SIZE": "10",
            "ORACLE_EXTRA_FIELDS": ",".join(EXTRA_FIELDS),
            **more,
        }

    def start(
        self, *arguments: str, program: tuple[str, ...] = MANAGE, **more: str
    ) -> subprocess.Popen[str]:
        """
        Args:
            program: what Python is to run; it has to understand manage.py's arguments.
        """
        return subprocess.Popen(
            [sys.executable, *program, "sync_oracle", *arguments],
            cwd=PROJECT,
            env=self._environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(
        self, *arguments: str, program: tuple[str, ...] = MANAGE, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """From beginning to end."""
        if program == MANAGE:
            environment = self._environment | more
            return warm_python.run("sync_oracle", *arguments, cwd=PROJECT, env=environment)
        return ended(self.start(*arguments, program=program, **more))


def ended(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    try:
        payload, complained = process.communicate(timeout=LONGEST_WAIT_S)
    finally:
        process.kill()
    return subprocess.CompletedProcess(process.args, process.returncode, payload, complained)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_WAIT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(POLL_S)


@contextmanager
def watched_running_rows(query: Query) -> Iterator[list[int]]:
    """Look all the time at how many runs call themselves running; yields what was seen."""
    seen: list[int] = []
    enough = Event()

    def look() -> None:
        while not enough.wait(POLL_S):
            ((count,),) = query("SELECT count(*) FROM sync_logs WHERE status = 'RUNNING'")
            seen.append(count)

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        enough.set()
        watcher.join()
