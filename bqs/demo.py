"""The machinery of a demo: a simulated Oracle, and tidying up. Its data: demonstration/."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from django.conf import settings

from sync.lock import is_sync_running
from sync.models import SyncLog


class DemoFailed(Exception):
    """The demo cannot go on; the text says why."""


@contextmanager
def simulated_oracle(*, rows: int, drift_s: float) -> Iterator[None]:
    """The simulator in a process of its own; it ends with us, even if we are killed."""
    port = urlsplit(settings.ORACLE_BASE_URL).port
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "oracle_simulator"]
    arguments = ["--port", str(port), "--rows", str(rows), "--drift", str(drift_s)]
    simulator = subprocess.Popen(  # noqa: S603 - our own command
        [*command, *arguments, "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Ctrl-C is for us; we end it.
        start_new_session=True,
    )
    try:
        if not (simulator.stdout and simulator.stdout.readline()):
            raise DemoFailed("The Oracle simulator did not start.")
        yield
    finally:
        simulator.terminate()
        simulator.wait()


def end_running_sync() -> None:
    """A sync started from the web lives outside the web process; a demo ends it all the same."""
    running = SyncLog.objects.running()
    if running and running.process_id and is_sync_running():
        with suppress(ProcessLookupError):
            os.kill(running.process_id, signal.SIGTERM)
