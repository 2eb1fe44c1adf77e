"""Read schedules and time zones as cron does. Pure: settings read it, too."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

LOCALTIME = Path("/etc/localtime")


def is_schedule(text: str) -> bool:
    """Return whether these are five fields: no @daily, no # (a comment), one line only."""
    if not re.fullmatch(r"[\w*/,-]+( [\w*/,-]+){4}", text):
        return False
    try:
        return bool(next(CronSim(text, datetime.now(UTC))))
    except (CronSimError, StopIteration):
        return False


def cron_zone(localtime: Path = LOCALTIME) -> ZoneInfo:
    """Return the machine's zone. Trap 5: the daemon goes by that.

    Neither TIME_ZONE nor TZ counts (Django overwrites TZ with TIME_ZONE in this process).
    """
    if not localtime.exists():
        return ZoneInfo("UTC")
    _, found, name = str(localtime.resolve()).partition("zoneinfo/")
    with localtime.open("rb") as file:
        return ZoneInfo.from_file(file, key=name if found else str(localtime))
