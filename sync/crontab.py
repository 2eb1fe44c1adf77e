"""The crontab of this user, read and written so that the lines of others stay as they are.

The traps are numbered as in docs/schedule.md.
"""

import shutil
import subprocess

from django.conf import settings

TIMEOUT_S = 10


class ScheduleError(Exception):
    """The text is a sentence that says what to do."""


def read_crontab() -> list[str]:
    """Its lines with their ends. Trap 10: only what was really read may be written back."""
    answer = _crontab("-l")
    if answer.returncode == 0:
        return _lines(_text(answer.stdout))
    if "no crontab for" in _text(answer.stderr):
        return []
    raise ScheduleError(f"The crontab cannot be read ({_complaint(answer)}); it was left as it is.")


def write_crontab(lines: list[str]) -> None:
    answer = _crontab("-", typed="".join(lines).encode(errors="surrogateescape"))
    if answer.returncode != 0:
        raise ScheduleError(f"The crontab was not changed: {_complaint(answer)}.")


def is_ours(line: str) -> bool:
    """Trap 7: by our comment at the end, which no other checkout has."""
    return line.rstrip().endswith(f" # {settings.CRONTAB_COMMENT}") and line[0] != "#"


def _crontab(argument: str, typed: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    # Trap 8: the library goes on without the program and still exits 0.
    executable = shutil.which(settings.CRONTAB_EXECUTABLE)
    if not executable:
        raise ScheduleError(
            f"There is no program {settings.CRONTAB_EXECUTABLE}: install cron "
            "(Debian and Ubuntu: apt-get install cron), or name it in CRONTAB_EXECUTABLE."
        )
    try:
        return subprocess.run(  # noqa: S603 - a program of the settings, no shell
            [executable, argument], input=typed, capture_output=True, timeout=TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScheduleError(f"{executable} does not work: {error}.") from error


def _lines(text: str) -> list[str]:
    """Split where cron does and nowhere else; without an end, a last line would swallow ours."""
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")] if text else []


def _text(output: bytes) -> str:
    """Whatever its encoding, it goes back as it came."""
    return output.decode(errors="surrogateescape")


def _complaint(answer: subprocess.CompletedProcess[bytes]) -> str:
    said = answer.stderr.decode(errors="replace").strip().splitlines()
    return said[-1] if said else f"exit code {answer.returncode}"
