"""`python -m bench.start_up`: how long a command takes to start, times what it must import."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from statistics import median

from bench.report import judged
from bench.stand import PROJECT, environment
from bench.targets import Target

ROUNDS = 30
VARIABLES = {"DATABASE_URL": "postgresql:///bqs"}
OURS = (sys.executable, "manage.py", "sync_oracle", "--help")
FLOOR = (sys.executable, "-c", "import django, requests, psycopg2")
IMPORTED = re.compile(r"import time: +(\d+) \| +\d+ \| +(\w+)")
DEAREST = 6


def main() -> None:
    print("\n".join(judged([start_up(ROUNDS)])))


def start_up(rounds: int) -> Target:
    took = [[_processor_s(each) for each in (OURS, FLOOR)] for _ in range(rounds)]
    ours, floor = (median(each) for each in zip(*took, strict=True))
    return Target(
        "`sync_oracle --help`: processor time, times its imports",
        ours / floor,
        limit=2.5,
        floor=f"{floor:.2f} s",
        ours=f"{ours:.2f} s",
        where=f"imports: {', '.join(_dearest_imports())}",
    )


def _dearest_imports() -> Iterator[str]:
    """Tell which packages take the most time to import, by themselves."""
    variables = {**environment(VARIABLES), "PYTHONPROFILEIMPORTTIME": "1"}
    told = subprocess.run(OURS, cwd=PROJECT, env=variables, capture_output=True, check=True).stderr  # noqa: S603
    took: Counter[str] = Counter()
    for microseconds, package in IMPORTED.findall(told.decode()):
        took[package] += int(microseconds)
    for package, each in took.most_common(DEAREST):
        yield f"{package} {each / 1e6:.2f} s"


def _processor_s(command: tuple[str, ...]) -> float:
    """Return its processor time: others at work on the machine hardly change that."""
    variables = environment(VARIABLES)
    child = subprocess.Popen(command, cwd=PROJECT, env=variables, stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command} ended with {child.returncode}.")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
