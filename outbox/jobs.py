"""Run what is to be done each few minutes, by one of the workers."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from outbox.models import JobTurn

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    do: Callable[[], object]


jobs: list[Job] = []
"""Apps add theirs in `ready()`."""


def run_due_jobs() -> None:
    """Run each whose time has come; one that fails keeps no other, and is tried next time."""
    for job in jobs:
        if _takes_turn(job):
            try:
                job.do()
            except Exception:
                log.exception("Job %s failed", job.name)


def _takes_turn(job: Job) -> bool:
    """Return whether this worker is the one to run it now."""
    now = timezone.now()
    turns = JobTurn.objects.filter(name=job.name)
    next_at = turns.values_list("next_at", flat=True).first()
    if next_at is None:
        # Where another worker was faster, it runs it.
        turn = JobTurn(name=job.name, next_at=now)
        JobTurn.objects.bulk_create([turn], ignore_conflicts=True)
    elif next_at > now:
        return False
    return turns.filter(next_at__lte=now).update(next_at=now + job.every) == 1
