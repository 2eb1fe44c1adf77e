"""Run what the schedule asks for. Its output goes to the job log; the alarm is the SyncLog."""

import logging
import sys
import time
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import Error as DatabaseFailure

from sync.exit_codes import ExitCode, exit_code_of_sync
from sync.models import SyncLog, SyncType, Trigger

logger = logging.getLogger(__name__)
# The job log has nothing but these lines, so the good news belongs there as well.
logger.setLevel(logging.INFO)

ENDINGS: dict[int, tuple[int, str]] = {
    ExitCode.SUCCESS: (logging.INFO, "it succeeded"),
    ExitCode.FAILED: (logging.ERROR, "it FAILED; its SyncLog says why"),
    ExitCode.PARTIAL: (logging.WARNING, "it is PARTIAL; its SyncLog says what is missing"),
    ExitCode.ALREADY_RUNNING: (
        *(logging.WARNING, "another sync was running, so this one was left out"),
    ),
}

WAIT_S, LONGEST_WAIT_S = 2, 600

HOUSEKEEPING = ("prune_sync_history", "clearsessions", "make_search_index")


def nightly_sync() -> None:
    """Sync, and log each ending: django-crontab exits 0 whatever happens. Trap 3."""
    logger.info("Scheduled sync begins.")
    code = _sync()
    _log_ending(code)
    if code == ExitCode.PARTIAL and _stopped_half_way_through_everything():
        logger.info("What changed is read by itself, so that it is not a day late.")
        _log_ending(_sync(incremental=True))
    for command in HOUSEKEEPING:
        # The mirror does without, and one that fails, whatever the reason, keeps no other from
        # its turn.
        try:
            call_command(command, stdout=(output := StringIO()))
            if told := output.getvalue().strip():
                logger.info("%s: %s", command, told)
        except (CommandError, DatabaseFailure, OSError) as reason:
            logger.warning("%s: %s", command, reason)
        except Exception:
            logger.exception("%s", command)


def _log_ending(code: int) -> None:
    level, ending = ENDINGS.get(code, (logging.ERROR, f"it ended with exit code {code}"))
    logger.log(level, "Scheduled sync has ended: %s.", ending)


def _stopped_half_way_through_everything() -> bool:
    """Return whether a full run stopped and the mirror was complete before.

    The next night tries again; until then what changed keeps the mirror up to date.
    """
    last = SyncLog.objects.last_finished()
    if last is None or last.sync_type != SyncType.FULL or SyncLog.objects.watermark() is None:
        return False
    return last != SyncLog.objects.last_that_read_everything()


def _follower_runs() -> bool:
    """Return whether the run that was in the way, which may have ended since, was a follower's."""
    newest = SyncLog.objects.first()
    return newest is not None and newest.trigger == Trigger.FOLLOW


def _sync(*, incremental: bool = False) -> int:
    """Sync; a run of a process that follows Oracle is soon over, and waited for."""
    deadline = time.monotonic() + LONGEST_WAIT_S
    try:
        while True:
            code = exit_code_of_sync(trigger=Trigger.CRON, incremental=incremental)
            is_kept_out = code == ExitCode.ALREADY_RUNNING and _follower_runs()
            if not is_kept_out or time.monotonic() > deadline:
                return code
            time.sleep(WAIT_S)
    finally:
        # Else what it printed would stand in the job log after the line that tells its end.
        sys.stdout.flush()
