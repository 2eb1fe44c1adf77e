"""Write for people how a run stands, how long it took, and what became of a rejected record."""

from datetime import datetime

from django.db.models import TextChoices

from sync.models import RejectedRecord, SyncLog, SyncStatus
from sync.safety.lock import is_sync_running


class RunState(TextChoices):
    """A run's status as it really is: the stored one cannot say that its process died."""

    RUNNING = "RUNNING", "Running"
    INTERRUPTED = "INTERRUPTED", "Interrupted"
    SUCCESS = "SUCCESS", "Success"
    PARTIAL = "PARTIAL", "Partial"
    FAILED = "FAILED", "Failed"


class QuarantineState(TextChoices):
    OPEN = "OPEN", "Open"
    IGNORED = "IGNORED", "Ignored"
    RESOLVED = "RESOLVED", "Resolved"


# The names are the theme's.
RUN_COLOURS = {
    RunState.RUNNING: "info",
    RunState.INTERRUPTED: "danger",
    RunState.SUCCESS: "success",
    RunState.PARTIAL: "warning",
    RunState.FAILED: "danger",
}
QUARANTINE_COLOURS = {
    QuarantineState.OPEN: "warning",
    QuarantineState.IGNORED: "default",
    QuarantineState.RESOLVED: "success",
}


def run_state(log: SyncLog) -> RunState:
    """Return its real state; at most one row is RUNNING, so a list asks for the lock once."""
    if log.status == SyncStatus.RUNNING and not is_sync_running():
        return RunState.INTERRUPTED
    return RunState(log.status)


def quarantine_state(record: RejectedRecord) -> QuarantineState:
    if record.resolved:
        return QuarantineState.RESOLVED
    return QuarantineState.IGNORED if record.ignored_reason else QuarantineState.OPEN


def rows_per_second(log: SyncLog, now: datetime) -> float | None:
    """Return the rate of a run that goes on; None in its first second, which tells nothing."""
    seconds = (now - log.started_at).total_seconds()
    return log.total_fetched / seconds if seconds >= 1 else None


def duration(seconds: float | None) -> str | None:
    """Write a duration: 0.4 s, 12 s, 3 min 5 s, 2 h 10 min."""
    if seconds is None:
        return None
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
