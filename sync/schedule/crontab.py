"""Install the schedule in the crontab of this user, and leave the lines of others as they are.

django-crontab builds our lines and runs the job, from 2016 and trusting everything; the traps
are numbered as in docs/schedule.md.
"""

import os
import re
import shlex
import shutil
import subprocess
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django_crontab.crontab import Crontab
from dotenv import dotenv_values

from sync.schedule import heartbeat, systemd
from sync.schedule.cron_time import is_schedule

TIMEOUT_S = 10
CACHE_S = 60
# No settings of ours, but requests and libpq go by them.
OF_CONNECTIONS = re.compile(
    r"(https?|all|no)_proxy|(REQUESTS|CURL)_CA_BUNDLE|SSL_CERT_(FILE|DIR)|PG[A-Z]+", re.IGNORECASE
)


class ScheduleError(Exception):
    """Say in a sentence what to do."""


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
    make_job_log()
    _replace(_others(read_crontab()) + wanted)


def make_job_log() -> None:
    """Make the log: else the shell that cron starts cannot open it, and the job never begins."""
    settings.SYNC_JOB_LOG.parent.mkdir(parents=True, exist_ok=True)
    # Made here, it is for nobody else to read; cron's shell would ask for no such thing.
    settings.SYNC_JOB_LOG.touch()


def remove() -> bool:
    """Take our lines out; return whether there were any."""
    lines = read_crontab()
    others = _others(lines)
    if others != lines:
        _replace(others)
    heartbeat.stop()
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


def why_not_scheduled() -> str:
    """Return why no run will come, or ""; the crontab is read once a minute at most."""
    return cache.get_or_set(_cache_key(), _why_not, CACHE_S) or ""


def _cache_key() -> str:
    return f"schedule-{quote(settings.CRONTAB_EXECUTABLE)}"


def _why_not() -> str:
    """Look at this user's crontab, then for what else may run syncs."""
    try:
        found = state()
    except ScheduleError as error:
        return "" if _runs_otherwise() else str(error)
    if found is Installed.YES or (found is Installed.NO and _runs_otherwise()):
        return ""
    return str(found.value)


def _runs_otherwise() -> bool:
    return systemd.runs_syncs() or heartbeat.is_beating()


def only_in_this_shell() -> list[str]:
    """Return what counts here and cron will not see, as it is not in .env. Trap 2."""
    example = settings.BASE_DIR / ".env.example"
    names = re.findall(r"^#?([A-Z_]+)=", example.read_text(), re.M) if example.exists() else []
    stored = dotenv_values(settings.BASE_DIR / ".env", interpolate=False)
    return [
        name
        for name in dict.fromkeys((*names, *filter(OF_CONNECTIONS.fullmatch, sorted(os.environ))))
        if name in os.environ and os.environ[name] != (stored.get(name) or "")
    ]


def crontab_fields() -> str:
    """Return SYNC_SCHEDULE, proved to be five fields that cron understands."""
    text: str = settings.SYNC_SCHEDULE
    if is_schedule(text):
        return text
    raise ScheduleError(
        f"SYNC_SCHEDULE is {text!r}: write the five fields of a crontab line, "
        "such as 0 0 * * * for every midnight."
    )


def wanted_lines() -> list[str]:
    """Return the lines for the settings, as django-crontab builds them, with every word quoted."""
    crontab_fields()
    crontab = Crontab(verbosity=0)  # Trap 1: anything louder looks up each line's hash and fails.
    crontab.settings.PYTHON_EXECUTABLE = _quoted(settings.CRONTAB_PYTHON_EXECUTABLE)
    crontab.settings.DJANGO_MANAGE_PATH = _quoted(settings.CRONTAB_DJANGO_MANAGE_PATH)
    crontab.settings.COMMAND_SUFFIX = f">> {_quoted(settings.SYNC_JOB_LOG)} 2>&1"
    crontab.add_jobs()
    lines: list[str] = crontab.crontab_lines
    return lines


def _quoted(path: str | Path) -> str:
    """Return one word to the shell, and no % to cron, which reads it as a line end. Trap 6."""
    return shlex.quote(str(path)).replace("%", r"\%")


# --- the table itself ---------------------------------------------------------------------------


def read_crontab() -> list[str]:
    """Return its lines with their ends. Trap 10: only what was really read may be written back."""
    answer = _crontab("-l")
    if answer.returncode == 0:
        return _lines(_text(answer.stdout))
    if "no crontab for" in _text(answer.stderr):
        return []
    raise ScheduleError(f"The crontab cannot be read ({_complaint(answer)}); it was left as it is.")


def write_crontab(lines: list[str]) -> None:
    answer = _crontab("-", content="".join(lines).encode(errors="surrogateescape"))
    if answer.returncode != 0:
        raise ScheduleError(f"The crontab was not changed: {_complaint(answer)}.")


def is_ours(line: str) -> bool:
    """Look for our comment at the end, which no other checkout has. Trap 7."""
    return line.rstrip().endswith(f" # {settings.CRONTAB_COMMENT}") and line[0] != "#"


def _crontab(argument: str, content: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
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
            input=content,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScheduleError(f"{executable} does not work: {error}.") from error


def _lines(text: str) -> list[str]:
    """Split where cron does and nowhere else; without an end, a last line would swallow ours."""
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")] if text else []


def _text(output: bytes) -> str:
    """Decode so that it goes back as it came, whatever its encoding."""
    return output.decode(errors="surrogateescape")


def _complaint(answer: subprocess.CompletedProcess[bytes]) -> str:
    lines = answer.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"exit code {answer.returncode}"
