"""What the schedule runs. Its output goes to the job log; the alarm is the SyncLog."""

import logging
import sys

from django.core.management import CommandError, call_command

from sync.models import Trigger

logger = logging.getLogger(__name__)
# The job log has nothing but these lines, so the good news belongs there as well.
logger.setLevel(logging.INFO)

ENDINGS = {
    0: (logging.INFO, "it succeeded"),
    1: (logging.ERROR, "it FAILED; its SyncLog says why"),
    2: (logging.WARNING, "it is PARTIAL; its SyncLog says what is missing"),
    75: (logging.WARNING, "another sync was running, so this one was left out"),
}


def nightly_sync() -> None:
    """Trap 3: django-crontab swallows every error and exits 0, so each ending is told here."""
    logger.info("Scheduled sync begins.")
    code = _exit_code_of_sync()
    level, ending = ENDINGS.get(code, (logging.ERROR, f"it ended with exit code {code}"))
    logger.log(level, "Scheduled sync has ended: %s.", ending)
    call_command("prune_sync_history")
    _make_search_index()


def _make_search_index() -> None:
    try:
        call_command("make_search_index")
    except CommandError as reason:  # People can search without it.
        logger.warning("%s", reason)


def _exit_code_of_sync() -> int:
    try:
        call_command("sync_oracle", trigger=Trigger.CRON)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    finally:
        # Else what it printed would stand in the job log after the line that tells its end.
        sys.stdout.flush()
    return 0
