"""Look for the timers of deploy/systemd, which stand in for cron."""

import json
import shutil
import subprocess
from datetime import UTC, datetime

TIMERS, OF_SYNC = "bqs-*.timer", "bqs-sync.timer"
TIMEOUT_S = 10


def next_runs() -> dict[str, datetime]:
    """Return when each of our timers that waits will fire; none where systemd does not run."""
    executable = shutil.which("systemctl")
    if not executable:
        return {}
    command = [executable, "list-timers", "--all", "--output=json", TIMERS]
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the system, no shell
            command, capture_output=True, timeout=TIMEOUT_S, check=True
        )
        rows = json.loads(answer.stdout or "[]")
    except (OSError, subprocess.SubprocessError, ValueError):
        return {}
    # A timer that is not started has no next; times are microseconds.
    waiting = {row["unit"]: row["next"] for row in rows if row.get("next")}
    return {unit: datetime.fromtimestamp(us / 1e6, UTC) for unit, us in waiting.items()}


def runs_syncs() -> bool:
    return OF_SYNC in next_runs()
