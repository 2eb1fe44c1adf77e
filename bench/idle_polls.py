"""Follow an Oracle in which nothing changes, and print what a poll takes of the processor."""

import json
import resource
import sys

import django

django.setup()

from django.db import connection  # noqa: E402

from sync.engine.follow import Follower  # noqa: E402


def main(polls: int) -> None:
    follower = Follower(15, ended=lambda run: None)
    follower.poll()
    follower.poll()
    began, statements = _processor_s(), _statements()
    for _ in range(polls):
        follower.poll()
    took_s = _processor_s() - began
    figures = {"polls": polls, "processor_ms": round(1000 * took_s / polls, 2)}
    print(json.dumps({**figures, "statements": (_statements() - statements) / polls}))


def _processor_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _statements() -> int:
    connection.force_debug_cursor = True
    return len(connection.queries_log)


if __name__ == "__main__":
    main(int(sys.argv[1]))
