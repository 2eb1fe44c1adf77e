"""Let a worker start the sync that a person asks for, so that the web starts no processes."""

import time
from typing import Any

from django_tasks import TaskResult, TaskResultStatus, task

from outbox.signs import is_worker_running
from sync.models import SyncLog, SyncType, Trigger
from sync.safety import lock
from sync.schedule.launch import AlreadyRunning, LaunchFailed, launch_sync

LONGEST_WAIT_S = 15
POLL_S = 0.2
NO_WORKER = "The sync is queued, but no worker runs: start `manage.py worker` on the server."
BUSY = "The sync is queued: it starts as soon as a worker is free."


class StillQueued(Exception):
    """Tell in a sentence what the sync waits for; it will start."""


@task()
def start_sync(trigger: str, user_id: int | None, sync_type: str | None) -> dict[str, Any]:
    """Start it, in a worker; return the id of its log, or why there is none."""
    try:
        log = launch_sync(
            trigger=Trigger(trigger),
            user_id=user_id,
            sync_type=SyncType(sync_type) if sync_type else None,
        )
    except AlreadyRunning:
        return {"is_running": True}
    except LaunchFailed as failure:
        return {"failure": str(failure)}
    return {"log": log.pk}


def ask_for_sync(
    *, trigger: Trigger, user_id: int | None, sync_type: SyncType | None = None
) -> SyncLog:
    """Return the log of the sync as soon as a worker has started it.

    Raises: AlreadyRunning, LaunchFailed, StillQueued.
    """
    if lock.is_sync_running():
        raise AlreadyRunning
    order = start_sync.enqueue(trigger, user_id, sync_type)
    deadline = time.monotonic() + LONGEST_WAIT_S
    while not order.is_finished:
        if not is_worker_running():
            raise StillQueued(NO_WORKER)
        if time.monotonic() > deadline:
            raise StillQueued(BUSY)
        time.sleep(POLL_S)
        order.refresh()
    return _answer(order)


def _answer(order: TaskResult[dict[str, Any]]) -> SyncLog:
    if order.status != TaskResultStatus.SUCCESSFUL:
        raise LaunchFailed("The worker could not start the sync. Its log tells why.")
    answer = order.return_value or {}
    if "is_running" in answer:
        raise AlreadyRunning
    if "failure" in answer:
        raise LaunchFailed(answer["failure"])
    return SyncLog.objects.select_related("user").get(pk=answer["log"])
