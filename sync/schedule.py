"""When syncs run by themselves: our lines in the crontab, and what they mean.

django-crontab builds the lines and runs the job. It is from 2016 and trusts everything, so
reading and writing are ours; the traps are numbered as in docs/schedule.md.
"""

import re
import shlex
import shutil
import subprocess
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

LOCALTIME = Path("/etc/localtime")
CRONTAB_TIMEOUT_S = 10
CACHE_S = 60


class ScheduleError(Exception):
    """The text is a sentence that says what to do."""


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
    _write(_others(_read()) + wanted)


def remove() -> bool:
    """Take our lines out; say whether there were any."""
    lines = _read()
    others = _others(lines)
    if others != lines:
        _write(others)
    return others != lines


def state() -> Installed:
    ours = [line for line in _read() if _is_ours(line)]
    if not ours:
        return Installed.NO
    return Installed.YES if ours == wanted_lines() else Installed.OUTDATED


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
    return next(CronSim(schedule(), now))


def schedule() -> str:
    """SYNC_SCHEDULE, proved to be five fields that cron understands."""
    words = settings.SYNC_SCHEDULE
    # No names like @daily, no # (it would begin a comment), one line only.
    if re.fullmatch(r"[\w*/,-]+( [\w*/,-]+){4}", words):
        try:
            CronSim(words, datetime.now(UTC))
            return words
        except CronSimError:
            pass
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


def wanted_lines() -> list[str]:
    """The lines for the settings, as django-crontab builds them, with every word quoted."""
    schedule()
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


def _is_ours(line: str) -> bool:
    """Trap 7: by our comment at the end, which no other checkout has."""
    return line.rstrip().endswith(f" # {settings.CRONTAB_COMMENT}") and line[0] != "#"


def _others(lines: list[str]) -> list[str]:
    return [line for line in lines if not _is_ours(line)]


def _read() -> list[str]:
    """Trap 10: only a crontab that was really read may be written back."""
    answer = _crontab("-l")
    if answer.returncode == 0:
        # Without its line end, a last line would swallow ours.
        return [f"{line}\n" for line in answer.stdout.splitlines()]
    if "no crontab for" in answer.stderr:
        return []
    raise ScheduleError(f"The crontab cannot be read ({_complaint(answer)}); it was left as it is.")


def _write(lines: list[str]) -> None:
    answer = _crontab("-", typed="".join(lines))
    cache.delete(_cache_key())
    if answer.returncode != 0:
        raise ScheduleError(f"The crontab was not changed: {_complaint(answer)}.")


def _crontab(argument: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
    # Trap 8: the library goes on without the program and still exits 0.
    executable = shutil.which(settings.CRONTAB_EXECUTABLE)
    if not executable:
        raise ScheduleError(
            f"There is no program {settings.CRONTAB_EXECUTABLE}: install cron "
            "(Debian and Ubuntu: apt-get install cron), or name it in CRONTAB_EXECUTABLE."
        )
    try:
        return subprocess.run(  # noqa: S603 - a program of the settings, no shell
            [executable, argument],
            input=typed,
            capture_output=True,
            text=True,
            timeout=CRONTAB_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScheduleError(f"{executable} does not work: {error}.") from error


def _complaint(answer: subprocess.CompletedProcess[str]) -> str:
    said = answer.stderr.strip().splitlines()
    return said[-1] if said else f"exit code {answer.returncode}"
