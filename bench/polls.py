"""Follow Oracle: poll once for each line that comes in, and print what that took."""

import json
import resource
import sys
from time import perf_counter

import django

django.setup()

from sync.engine.follow import Follower  # noqa: E402


def main() -> None:
    follower = Follower(15, ended=lambda run: None)
    for _ in sys.stdin:
        print(json.dumps(_poll(follower)), flush=True)


def _poll(follower: Follower) -> dict[str, float]:
    began, cpu_s = perf_counter(), _processor_s()
    follower.poll()
    return {"seconds": perf_counter() - began, "cpu_s": _processor_s() - cpu_s, **_peak()}


def _processor_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak() -> dict[str, float]:
    return {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    main()
