"""When syncs run by themselves: our lines in the crontab, and what they mean.

django-crontab builds the lines and runs the job, from 2016 and trusting everything; the traps
are numbered as in docs/schedule.md.
"""

import os
import re
import shlex
from contextlib import suppress
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_crontab.crontab import Crontab
from dotenv import dotenv_values

from sync.crontab import ScheduleError, is_ours, read_crontab, write_crontab

LOCALTIME = Path("/etc/localtime")
CACHE_S = 60


class Installed(Enum):
    YES = "The schedule is installed."
    OUTDATED = (
        "The schedule in the crontab is another than in the settings: "
        "run `manage.py schedule add` on the server."
    )
    NO = "The schedule is not installed: run `manage.py schedule add` on the server."


def add() -> None:
    """Install the schedule of the settings, once, in the place of any earlier one of ours."""
    wanted = wanted_lines()
    # Else the shell that cron starts cannot open the log, and the job never begins.
    settings.SYNC_JOB_LOG.parent.mkdir(parents=True, exist_ok=True)
    _replace(_others(read_crontab()) + wanted)


def remove() -> bool:
    """Take our lines out; say whether there were any."""
    lines = read_crontab()
    others = _others(lines)
    if others != lines:
        _replace(others)
    return others != lines


def state() -> Installed:
    ours = [line for line in read_crontab() if is_ours(line)]
    if not ours:
        return Installed.NO
    return Installed.YES if ours == wanted_lines() else Installed.OUTDATED


def _others(lines: list[str]) -> list[str]:
    return [line for line in lines if not is_ours(line)]


def _replace(lines: list[str]) -> None:
    write_crontab(lines)
    cache.delete(_cache_key())


def cached_next_run() -> tuple[datetime | None, str]:
    """The next run in UTC, or None and why; the crontab is read once a minute at most."""
    reason = cache.get_or_set(_cache_key(), _why_not, CACHE_S)
    return (None, reason) if reason else (next_run().astimezone(UTC), "")


def _cache_key() -> str:
    return f"schedule-{quote(settings.CRONTAB_EXECUTABLE)}"


def _why_not() -> str:
    try:
        found = state()
    except ScheduleError as error:
        return str(error)
    return "" if found is Installed.YES else found.value


def next_run(zone: ZoneInfo | None = None) -> datetime:
    """When cron will fire next by the settings, in the zone it goes by."""
    now = timezone.now().astimezone(zone or cron_zone())
    return next(CronSim(crontab_fields(), now))


def crontab_fields() -> str:
    """SYNC_SCHEDULE, proved to be five fields that cron understands."""
    words = settings.SYNC_SCHEDULE
    # No names like @daily, no # (it would begin a comment), one line only.
    if re.fullmatch(r"[\w*/,-]+( [\w*/,-]+){4}", words):
        with suppress(CronSimError, StopIteration):
            next(CronSim(words, datetime.now(UTC)))
            return words
    raise ScheduleError(
        f"SYNC_SCHEDULE is {words!r}: write the five fields of a crontab line, "
        "such as 0 0 * * * for every midnight."
    )


def cron_zone(localtime: Path = LOCALTIME) -> ZoneInfo:
    """Trap 5: the daemon goes by the machine's zone.

    Neither TIME_ZONE nor TZ counts (Django overwrites TZ with TIME_ZONE in this process).
    """
    if not localtime.exists():
        return ZoneInfo("UTC")
    _, found, name = str(localtime.resolve()).partition("zoneinfo/")
    with localtime.open("rb") as file:
        return ZoneInfo.from_file(file, key=name if found else str(localtime))


def only_in_this_shell() -> list[str]:
    """Trap 2: the names of settings that cron will not see, as they are not in .env."""
    example = settings.BASE_DIR / ".env.example"
    names = re.findall(r"^#?([A-Z_]+)=", example.read_text(), re.M) if example.exists() else []
    stored = dotenv_values(settings.BASE_DIR / ".env", interpolate=False)
    return [
        name
        for name in names
        if name in os.environ and os.environ[name] != (stored.get(name) or "")
    ]


def wanted_lines() -> list[str]:
    """The lines for the settings, as django-crontab builds them, with every word quoted."""
    crontab_fields()
    crontab = Crontab(verbosity=0)  # Trap 1: anything louder looks up each line's hash and fails.
    crontab.settings.PYTHON_EXECUTABLE = _word(settings.CRONTAB_PYTHON_EXECUTABLE)
    crontab.settings.DJANGO_MANAGE_PATH = _word(settings.CRONTAB_DJANGO_MANAGE_PATH)
    crontab.settings.COMMAND_SUFFIX = f">> {_word(settings.SYNC_JOB_LOG)} 2>&1"
    crontab.add_jobs()
    lines: list[str] = crontab.crontab_lines
    return lines


def _word(path: str | Path) -> str:
    """Trap 6: one word to the shell, and no % to cron, which reads it as a line end."""
    return shlex.quote(str(path)).replace("%", r"\%")
