"""`python -m bench.follow`: what a process that follows Oracle costs, idle and through a day.

`idle`: twenty polls of a mirror in which nothing changes. `day`: 24 hours of Oracle in minutes,
with faults and late commits; at its end each change must be in the history once.
"""

import argparse
import json
import subprocess
import sys
from statistics import fmean
from typing import Any

from bench.peers import peer
from bench.polling import polling
from bench.scratch_postgres import Server
from bench.stand import PROJECT, Stand, environment, migrated_server, stand
from sync.tests.reliability.soak import Day, follower, memory_mb, wait_for_history

POLLS = 20


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.follow", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000, metavar="N")
    parser.add_argument("--hours", type=float, default=24, metavar="H")
    parser.add_argument("--seconds", type=float, default=240, help="a day takes (%(default)s)")
    parser.add_argument("--only", choices=("idle", "day"), nargs="+", default=("idle", "day"))
    return parser


def main() -> None:
    options = arguments().parse_args()
    with migrated_server() as server, stand(server, options.rows, latency_ms=0) as place:
        ours = peer("ours")
        with place.database(ours) as database:
            place.run("first full", ours, database)
            if "idle" in options.only:
                print(json.dumps(idle(place, database)))
            if "day" in options.only:
                day = Day(place.oracle, options.hours, options.seconds)
                print(json.dumps(_followed(day, server, database)))


def idle(place: Stand, database: str) -> dict[str, float]:
    """Return what a poll takes while nothing changes: the mean of some."""
    written = place.written(database)
    with polling(place, database) as poll:
        place.oracle.forget_requests()
        polls = [poll() for _ in range(POLLS)]
    place.server.settle(database)
    return {
        "processor_ms": round(1000 * fmean(each["cpu_s"] for each in polls), 2),
        "requests": len(place.oracle.requests()) / POLLS,
        "written": place.written(database) - written,
    }


def _followed(day: Day, server: Server, database: str) -> dict[str, Any]:
    memory: dict[float, float] = {}
    addresses = {"DATABASE_URL": server.url(database)}
    with follower(day, environment(addresses)) as process:
        for share in day.passes():
            memory[round(share, 1)] = round(memory_mb(process), 1)
        found = wait_for_history(day, lambda sql: server.rows(sql, database))
        process.terminate()
        code = process.wait(timeout=20)
    (log,) = server.rows(
        "SELECT count(*), sum(runs), sum(requests), sum(retries) FROM sync_logs", database
    )
    return {
        **{"hours": day.hours, "seconds": day.seconds, "exit_code": code, "faults": day.faults},
        **{"changes": day.changes.total(), "lost": (day.changes - found).total()},
        **{"doubled": (found - day.changes).total(), "is_equal": _is_equal(day, addresses)},
        **dict(zip(("log_rows", "polls", "requests", "retries"), map(int, log), strict=True)),
        "memory_mb": memory,
    }


def _is_equal(day: Day, addresses: dict[str, str]) -> bool:
    verify = subprocess.run(
        [sys.executable, "manage.py", "sync_oracle", "--verify"],
        cwd=PROJECT,
        env=environment(addresses | {"ORACLE_BASE_URL": day.oracle.url}),
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return verify.returncode == 0


if __name__ == "__main__":
    main()
