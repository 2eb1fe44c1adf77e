"""`python -m bench.start_up`: how long a command takes to start, times what it must import."""

import os
import subprocess
import sys
from statistics import median

from bench.report import judged
from bench.stand import PROJECT, environment
from bench.targets import Target

ROUNDS = 30
SETTINGS = {"DJANGO_SETTINGS_MODULE": "bqs.settings"}
OURS = (sys.executable, "manage.py", "sync_oracle", "--help")
FLOOR = (sys.executable, "-c", "import django, requests, psycopg2")
SETUP = (sys.executable, "-c", "import django; django.setup()")


def main() -> None:
    print("\n".join(judged([start_up(ROUNDS)])))


def start_up(rounds: int) -> Target:
    took = [[_processor_s(each) for each in (OURS, FLOOR, SETUP)] for _ in range(rounds)]
    ours, floor, setup = (median(each) for each in zip(*took, strict=True))
    return Target(
        "`sync_oracle --help`: processor time, times its imports",
        ours / floor,
        limit=2.5,
        floor=f"{floor:.2f} s",
        ours=f"{ours:.2f} s",
        where=f"django.setup() with our apps {setup:.2f} s",
    )


def _processor_s(command: tuple[str, ...]) -> float:
    """Return its processor time: others at work on the machine hardly change that."""
    variables = environment({"DATABASE_URL": "postgresql:///bqs", **SETTINGS})
    child = subprocess.Popen(command, cwd=PROJECT, env=variables, stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command} ended with {child.returncode}.")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
