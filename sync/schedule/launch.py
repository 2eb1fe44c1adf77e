"""Start a sync as a process of its own, which outlives the worker that starts it."""

import json
import os
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from sync.exit_codes import ExitCode
from sync.models import SyncLog, SyncType, Trigger
from sync.safety import lock

START_TIMEOUT_S = 20
POLL_S = 0.1
LONGEST_SENTENCE = 300


class AlreadyRunning(lock.AlreadyRunning):
    """Refuse a second sync at a time."""

    def __init__(self) -> None:
        super().__init__("A sync is running already; wait until it has finished.")
        self.running: SyncLog | None = SyncLog.objects.select_related("user").running()
        """Its log; None in the instant before the other process has opened it."""


class LaunchFailed(Exception):
    """Tell a person in a sentence: never a traceback, never a secret."""


def launch_sync(
    *,
    trigger: Trigger,
    user_id: int | None,
    sync_type: SyncType | None = None,
) -> SyncLog:
    """Start `manage.py sync_oracle` and return its log as soon as it has opened one.

    Raises: AlreadyRunning, LaunchFailed.
    """
    if lock.is_sync_running():
        raise AlreadyRunning
    command = _command(trigger, user_id, sync_type)
    newest = SyncLog.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    job_log = _job_log()
    size_before = job_log.stat().st_size
    process = _start(command, job_log)
    log = _opened_log(process, newest)
    if log:
        return log
    if process.returncode == ExitCode.ALREADY_RUNNING:
        raise AlreadyRunning
    raise LaunchFailed(_reason(process.returncode, job_log, size_before))


def _command(trigger: Trigger, user_id: int | None, sync_type: SyncType | None) -> list[str]:
    command = [settings.PYTHON_EXECUTABLE, str(settings.BASE_DIR / "manage.py"), "sync_oracle"]
    command += ["--trigger", trigger]
    if user_id:
        command += ["--user-id", str(user_id)]
    if sync_type:
        command.append(f"--{sync_type.lower()}")
    return command


def _job_log() -> Path:
    """Return the file for the sync's output, or the null device where it cannot be written."""
    job_log: Path = settings.SYNC_JOB_LOG
    try:
        job_log.parent.mkdir(parents=True, exist_ok=True)
        job_log.touch()
    except OSError:
        return Path(os.devnull)
    return job_log


def _start(command: list[str], job_log: Path) -> subprocess.Popen[bytes]:
    with job_log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command, no word of it from outside
            command,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # A session of its own: what ends the worker's group does not reach it.
            start_new_session=True,
        )
    # Somebody must wait for the child, or a long-lived worker collects zombies.
    threading.Thread(target=process.wait, name=f"sync {process.pid}", daemon=True).start()
    return process


def _opened_log(process: subprocess.Popen[bytes], newest: int) -> SyncLog | None:
    """Wait for the log of this process; None when it ends, or time does, without one."""
    deadline = time.monotonic() + START_TIMEOUT_S
    logs = SyncLog.objects.filter(pk__gt=newest, process_id=process.pid).select_related("user")
    while time.monotonic() < deadline:
        # Asked in this order, a log opened just before the end is still seen.
        has_ended = process.returncode is not None
        if log := logs.first():
            return log
        if has_ended:
            return None
        time.sleep(POLL_S)
    return None


def _reason(returncode: int | None, job_log: Path, size_before: int) -> str:
    where = f"The job log {job_log} on the server tells more."
    if returncode is None:
        return f"The sync did not begin within {START_TIMEOUT_S} seconds; it may yet. {where}"
    with job_log.open("rb") as output:
        output.seek(size_before)
        text = output.read().decode(errors="replace").strip()
    # A traceback is for the log: its last line may quote anything.
    if not text or "Traceback" in text:
        return f"The sync could not start: exit code {returncode}. {where}"
    sentence = text.splitlines()[-1]
    with suppress(ValueError, KeyError, TypeError):  # It is no line of LOG_FORMAT=json.
        sentence = str(json.loads(sentence)["message"])
    return sentence[:LONGEST_SENTENCE]
