"""Be the clock where neither cron nor systemd is one: in a container."""

import subprocess
import time
from datetime import UTC, datetime, timedelta

from cronsim import CronSim
from django.conf import settings

from sync.schedule import crontab
from sync.schedule.cron_time import cron_zone

FIELDS = 5


def run_schedule() -> None:
    """Start the lines that a crontab would have, each in its minutes, until this process ends."""
    # To cron, and here, \% is a percent sign.
    lines = [line.replace(r"\%", "%").split(maxsplit=FIELDS) for line in crontab.wanted_lines()]
    while True:
        minute = _next_minute()
        time.sleep(max(0, minute.timestamp() - time.time()))
        for *fields, command in lines:
            if is_due(" ".join(fields), minute):
                _start(command)


def _start(command: str) -> None:
    """Start it beside us, in a session of its own: who stops the clock does not stop a sync."""
    beside = f"(\n{command}\n) &"
    subprocess.run(["/bin/sh", "-c", beside], start_new_session=True, check=False)  # noqa: S603


def _next_minute() -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)


def is_due(schedule: str, minute: datetime) -> bool:
    """Count in UTC, as hours are left out and doubled where the clocks change."""
    before = (minute - timedelta(minutes=1)).astimezone(cron_zone())
    return bool(next(CronSim(schedule, before)).astimezone(UTC) == minute)


def follower_rests(moment: datetime) -> bool:
    """Return whether `sync_oracle --follow` asks nothing in this minute."""
    minutes = settings.SYNC_FOLLOW_RESTS
    return bool(minutes) and is_due(minutes, moment.replace(second=0, microsecond=0))
