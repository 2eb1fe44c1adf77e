"""Work until told to stop: run jobs and queued tasks, expand, deliver, and leave signs."""

import logging
import threading
import time

from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from outbox.delivering import Tally, deliver_due
from outbox.expanding import expand_due
from outbox.jobs import run_due_jobs
from outbox.signs import FRESH, leave_sign

log = logging.getLogger(__name__)
SIGN_EVERY_S = 10


class Worker:
    """Work beside any number of others, on any number of hosts."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._sign_due = 0.0

    def stop(self) -> None:
        """End after what is being delivered; the rest waits for the next worker."""
        self._stop.set()

    def run(self, interval_s: float) -> None:
        while not self._stop.is_set():
            try:
                self.work_once()
                pause_s = interval_s
            except Exception:
                # A database that is away comes back; what waits in it stays.
                log.exception("The worker goes on in %s seconds", SIGN_EVERY_S)
                pause_s = SIGN_EVERY_S
                connection.close()
            close_old_connections()
            self._stop.wait(pause_s)

    def work_once(self) -> Tally:
        """Do all that waits now."""
        self._goes_on()
        run_due_jobs()
        expand_due(self._goes_on)
        return deliver_due(self._goes_on)

    def _goes_on(self) -> bool:
        """Do first what somebody waits for; then tell whether to take more."""
        if time.monotonic() >= self._sign_due:
            leave_sign()
            give_back_tasks()
            self._sign_due = time.monotonic() + SIGN_EVERY_S
        if not self._stop.is_set():
            run_queued_tasks()
        return not self._stop.is_set()


def work_in_batch() -> None:
    """Do what waits now, for cron, which starts this each minute."""
    Worker().work_once()


def give_back_tasks() -> None:
    """Let another worker run what one was killed at; no task takes so long."""
    abandoned = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - FRESH)
    abandoned.update(status=TaskResultStatus.READY)


def run_queued_tasks() -> None:
    # Asked first without a lock: on SQLite it would be the only writer's.
    if DBTaskResult.objects.ready().exists():
        TaskWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        ).run()
