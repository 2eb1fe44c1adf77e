"""`python -m bench.start_up`: how long a command takes to start, times what it must import."""

import os
import subprocess
import sys
from statistics import median

from bench.stand import PROJECT, environment

ROUNDS = 30
OURS = (sys.executable, "manage.py", "sync_oracle", "--help")
FLOOR = (sys.executable, "-c", "import django, requests, psycopg2")
WANTED = 2.5


def main() -> None:
    rounds = [(_processor_s(OURS), _processor_s(FLOOR)) for _ in range(ROUNDS)]
    ours, floor = (median(each) for each in zip(*rounds, strict=True))
    print(f"ours {ours:.2f} s, floor {floor:.2f} s, ratio {ours / floor:.2f} (wanted: {WANTED})")


def _processor_s(command: tuple[str, ...]) -> float:
    """Return its processor time: others at work on the machine hardly change that."""
    variables = environment({"DATABASE_URL": "postgresql:///bqs"})
    child = subprocess.Popen(command, cwd=PROJECT, env=variables, stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command} ended with {child.returncode}.")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
