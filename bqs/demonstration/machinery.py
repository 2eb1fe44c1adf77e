"""Run a demo on a simulated Oracle, and tidy up."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model

from bqs.models import DemoMark
from opportunities.models import Opportunity
from outbox.working import Worker
from sync.models import SyncLog
from sync.safety.lock import is_sync_running

LIVE = (
    "The database {} has people or opportunities that no demo made, so it stays as it is. Leave "
    "DATABASE_URL unset, or name an empty database; delete the file of an older demo."
)


WORKER_STOPS_S = 10


class DemoFailed(Exception):
    """An error that ends the demo; the text is for people."""


def refuse_live_database() -> None:
    """Refuse a database that people work in and no demo made. Raises: DemoFailed."""
    tables = connection.introspection.table_names()
    if _has_rows(DemoMark, tables):
        return
    if _has_rows(User, tables) or _has_rows(Opportunity, tables):
        raise DemoFailed(LIVE.format(connection.settings_dict["NAME"]))


def _has_rows(model: type[Model], tables: list[str]) -> bool:
    return model._meta.db_table in tables and model._default_manager.exists()


@contextmanager
def simulated_oracle(*, rows: int, drift_s: float) -> Iterator[None]:
    """Run the simulator in its own process, which ends with this one even if it is killed."""
    port = urlsplit(settings.ORACLE_BASE_URL).port
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "oracle_simulator"]
    arguments = ["--port", str(port), "--rows", str(rows), "--drift", str(drift_s)]
    simulator = subprocess.Popen(  # noqa: S603 - our own command
        [*command, *arguments, "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Ctrl-C is for this process, which ends it.
        start_new_session=True,
    )
    try:
        if not (simulator.stdout and simulator.stdout.readline()):
            raise DemoFailed("The Oracle simulator did not start.")
        yield
    finally:
        simulator.terminate()
        simulator.wait()


@contextmanager
def worker() -> Iterator[None]:
    """Deliver messages and start syncs in a thread, as `manage.py worker` does beside a site."""
    working = Worker()
    thread = threading.Thread(target=working.run, args=(1,), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        working.stop()
        thread.join(WORKER_STOPS_S)


def end_running_sync() -> None:
    """End a sync that the demo's web server started, which lives outside of it."""
    running = SyncLog.objects.running()
    if running and running.process_id and is_sync_running():
        with suppress(ProcessLookupError):
            os.kill(running.process_id, signal.SIGTERM)
